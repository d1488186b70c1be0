import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { SetupFailure } from '../failure.mjs'
import { checkout } from '../home.mjs'
import { nextProgram } from '../services/web.mjs'
import { runningStudio } from '../supervise.mjs'
import { runLogged, tailOf } from './program.mjs'
import { hashOfFiles, readStamp, writeStamp } from './steps.mjs'

const output = join(checkout, '.next')
const stampFile = join(output, 'molian-sources')

const sources = [
  'app', 'lib', 'messages', 'public', 'prisma/schema.prisma', 'proxy.ts', 'instrumentation.ts',
  'next.config.mjs', 'postcss.config.mjs', 'tsconfig.json', 'package-lock.json',
]

/** The studio's production build, made anew when what it is made from has changed. */
export const build = {
  name: 'build',
  isDone: () => existsSync(join(output, 'BUILD_ID')) && readStamp(stampFile) === hashOfFiles(sources),
  async run({ home }) {
    const log = join(home, 'logs', 'setup-build.log')
    const stamp = hashOfFiles(sources)
    rmSync(stampFile, { force: true })
    const code = await runLogged(process.execPath, [nextProgram(), 'build'], { log, env: { NODE_ENV: 'production' }, tied: true })
    if (code !== 0) throw new SetupFailure('build.failed', { log, tail: tailOf(log, 30) })
    writeStamp(stampFile, stamp)
  },
}

/** The same, but not while a studio of this home serves it: its pages would be pulled away from under it. */
export const buildUnlessServed = {
  ...build,
  isDone: ({ home }) => Boolean(runningStudio(home)?.webUrl) || build.isDone(),
}
