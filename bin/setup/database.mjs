import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { SetupFailure } from '../failure.mjs'
import { checkout } from '../home.mjs'
import { runLogged, tailOf } from './program.mjs'
import { hashOf, readStamp, writeStamp } from './steps.mjs'

const generated = join(checkout, 'lib/generated/prisma')
const stampFile = join(generated, '.schema')

/** The Prisma client, generated from prisma/schema.prisma whenever that or Prisma itself has changed. */
export const prismaClient = {
  name: 'prisma-client',
  isDone: () => existsSync(join(generated, 'client.ts')) && readStamp(stampFile) === stamp(),
  async run({ home }) {
    const log = join(home, 'logs', 'setup-prisma.log')
    const code = await runLogged(process.execPath, [join(packageDirectory(), 'build/index.js'), 'generate'], {
      log,
      // The command line looks for its engine before it does anything; generating a client needs none.
      env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
    })
    if (code !== 0) throw new SetupFailure('prisma.failed', { log, tail: tailOf(log) })
    writeStamp(stampFile, stamp())
  },
}

function stamp() {
  const manifest = readFileSync(join(packageDirectory(), 'package.json'), 'utf8')
  return hashOf([readFileSync(join(checkout, 'prisma/schema.prisma')), JSON.parse(manifest).version])
}

function packageDirectory() {
  return join(createRequire(import.meta.url).resolve('prisma/package.json'), '..')
}
