export type Locale = 'zh' | 'en'

/** An area's errors: code → the sentence in both languages, with `{places}` for what it is about. */
export type Sentences = Record<string, Record<Locale, string>>
