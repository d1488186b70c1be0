import type { Sentences } from '@/lib/error-sentences/locale'

/** The playground, and answers that come in pieces. */
export const playSentences = {
  'endpoint.cut-off': {
    en: '{url} broke off in the middle of what {model} was writing. What had come is kept; ask again for a whole answer.',
    zh: '{url} 在模型 {model} 写到一半时断开。已收到的部分已保留，可重新生成以得到完整的一篇。',
  },
  'play.still-writing': {
    en: 'Other columns of this play are still being written. Stop them or wait for their end, then ask again.',
    zh: '这次对写还有别的栏在写。请先停止或等其写完，再重新生成。',
  },
  'play.nothing-to-keep': {
    en: 'This column has no text to keep yet.',
    zh: '这一栏还没有可保留的文字。',
  },
} as const satisfies Sentences
