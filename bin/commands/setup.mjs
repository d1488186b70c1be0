import { languageOf, sentenceOf } from '../failure.mjs'

/** `molian setup`: its steps have run by now. */
export default async function setup(_args, { home }) {
  console.log(sentenceOf('setup.done', { home }, languageOf()))
  return 0
}
