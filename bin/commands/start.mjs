import { languageOf, sentenceOf } from '../failure.mjs'
import { attachOrStart } from '../supervise.mjs'

/** `molian start`: opens the studio, or joins the one that runs, until Ctrl-C. */
export default async function start() {
  const language = languageOf()
  const studio = await attachOrStart({ web: true, worker: true, report: (event) => tell(event, language) })
  const code = studio.isOurs ? 'start.open' : 'start.joined'
  console.log(sentenceOf(code, { url: studio.webUrl }, language))
  const why = await Promise.race([signalled(), studio.ended.then(() => 'ended')])
  if (why === 'ended') console.log(sentenceOf('start.ended', {}, language))
  else await studio.stop()
  return 0
}

/** Says on the terminal what the supervisor reports. */
export function tell(event, language = languageOf()) {
  if (event.step) process.stderr.write(`✓ ${sentenceOf(`service.${event.step}`, {}, language)} (${event.seconds.toFixed(1)} s)\n`)
  if (event.died) process.stderr.write(`${sentenceOf('service.died', { service: sentenceOf(`service.${event.died}`, {}, language), how: event.how }, language)}\n`)
}

/** Resolves at the first Ctrl-C, SIGTERM or SIGHUP. */
export function signalled() {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => resolve(signal))
  })
}
