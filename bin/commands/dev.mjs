import { checkout } from '../home.mjs'
import { runHere } from '../run-program.mjs'
import { choosePort, nextProgram } from '../services/web.mjs'
import { attachOrStart } from '../supervise.mjs'
import { tell } from './start.mjs'

/** `molian dev`: database, queue and worker as ever, the web from its sources with reloading. */
export default async function dev(_args, { home }) {
  const port = await choosePort()
  const studio = await attachOrStart({ web: false, worker: true, report: (event) => tell(event) })
  try {
    const { databaseUrl, redisUrl } = studio
    return await runHere(process.execPath, [nextProgram(), 'dev', '--hostname', '127.0.0.1', '--port', String(port)], {
      cwd: checkout,
      env: { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, MOLIAN_HOME: home },
    })
  } finally {
    await studio.stop()
  }
}
