export type Locale = 'zh' | 'en'

/** Every error a person can meet: what happened, to what, and what to do next. */
export const errorSentences = {
  internal: {
    en: 'Something went wrong that Molian did not foresee: {reason}. The log has the details.',
    zh: '出现了意料之外的错误：{reason}。详情见日志。',
  },
} as const satisfies Record<string, Record<Locale, string>>

export type ErrorCode = keyof typeof errorSentences
