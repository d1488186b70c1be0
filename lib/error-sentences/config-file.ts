import type { Sentences } from '@/lib/error-sentences/locale'

/** The config file, and presets. */
export const configSentences = {
  'config.bad-field': {
    en: '{file}: the field {field} is not as it must be: {reason}. "npx molian config" prints a complete file with a comment on each field.',
    zh: '{file}：字段 {field} 不合要求：{reason}。运行 npx molian config 可打印带注释的完整配置。',
  },
  'config.not-json': {
    en: '{file}, line {line}: this is not JSON ({reason}). Comments and trailing commas are fine; mend the line and try again.',
    zh: '{file} 第 {line} 行不是有效的 JSON（{reason}）。允许注释和尾随逗号；请改正该行后重试。',
  },
  'preset.taken': {
    en: 'There is a preset called “{name}” already. Choose another name.',
    zh: '已有名为“{name}”的预设，请换一个名称。',
  },
  'preset.unknown': {
    en: 'There is no preset called {name}. Known are: {known}.',
    zh: '没有名为 {name} 的预设。现有：{known}。',
  },
  'config.unreadable': {
    en: 'The configuration {file} could not be read: {reason}.',
    zh: '无法读取配置文件 {file}：{reason}。',
  },
} as const satisfies Sentences
