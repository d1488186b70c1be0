import { sentences } from './sentences/sentences.mjs'

/** A failure that a person can act on: a code of sentences/ and what it is about. */
export class SetupFailure extends Error {
  constructor(code, params = {}, options) {
    super(sentenceOf(code, params, 'en'), options)
    this.name = 'SetupFailure'
    this.code = code
    this.params = params
  }

  sentence(language = languageOf()) {
    return sentenceOf(this.code, this.params, language)
  }
}

/** Fills the `{name}` places of a sentence. */
export function sentenceOf(code, params, language) {
  return sentences[code][language].replace(/\{(\w+)\}/g, (place, name) => String(params[name] ?? place))
}

/**
 * The terminal's language: MOLIAN_LANG, else the locale's; Chinese only when that says so.
 * @param {Record<string, string | undefined>} env
 */
export function languageOf(env = process.env) {
  const locale = env.MOLIAN_LANG || env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  return /^zh/i.test(locale) ? 'zh' : 'en'
}
