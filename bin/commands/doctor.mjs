import { languageOf, sentenceOf } from '../failure.mjs'
import { checks } from '../doctor/checks.mjs'

const marks = { good: '✓', later: '·', note: '·', bad: '✗' }

/** `molian doctor [--json]`: what this machine has and what is wrong; 1 when something needed is missing. */
export default async function doctor(args, { home }) {
  const language = languageOf()
  const results = []
  for (const [name, check] of Object.entries(checks)) results.push({ name, ...(await outcomeOf(check, home)) })
  const isWell = results.every(({ status }) => status !== 'bad')
  const told = results.map(({ advice, params = {}, ...rest }) => ({
    ...rest,
    ...(advice && { advice: sentenceOf(advice, params, language) }),
  }))
  if (args.includes('--json')) console.log(JSON.stringify({ ok: isWell, checks: told }, null, 2))
  else for (const result of told) console.log(lineOf(result, language))
  return isWell ? 0 : 1
}

/** A check that goes wrong itself is a finding, not the end of the others. */
async function outcomeOf(check, home) {
  try {
    return await check({ home })
  } catch (error) {
    return { status: 'bad', found: null, advice: 'internal', params: { reason: error.message } }
  }
}

function lineOf({ name, status, found, advice }, language) {
  const what = [found, advice].filter(Boolean).join(': ')
  return `${marks[status]} ${sentenceOf(`doctor.name.${name}`, {}, language)}: ${what}`
}
