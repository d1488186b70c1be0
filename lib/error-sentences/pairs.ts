import type { Sentences } from '@/lib/error-sentences/locale'

/** Pairs, files of pairs, and frozen versions. */
export const pairSentences = {
  'dataset.no-format': {
    en: 'A dataset cannot be had as {name}. The forms are {known}, with split=training or split=validation for one side.',
    zh: '数据集没有 {name} 这种格式。可用格式：{known}；加 split=training 或 split=validation 只取一侧。',
  },
  'pairs.bad-address': {
    en: 'This address names no pairs: {reason}.',
    zh: '该地址未指向任何样本：{reason}。',
  },
  'pairs.cells': {
    en: 'The row has {found} cells where the first row names {expected} columns.',
    zh: '该行有 {found} 格，而首行有 {expected} 列。',
  },
  'pairs.count-changed': {
    en: 'The filter now finds {found} pairs, not {expected}: something has changed meanwhile. Look again, then decide.',
    zh: '筛选结果已由 {expected} 对变为 {found} 对，其间有改动。请重新查看后再决定。',
  },
  'pairs.no-columns': {
    en: 'The first row of {file} must name the columns: one for the premise ({premise}) and one for the passage ({passage}). It says: {found}',
    zh: '{file} 的首行须是列名：提要一列（{premise}），切片一列（{passage}）。实际为：{found}',
  },
  'pairs.none': {
    en: 'There is no pair to freeze: every one was refused, rejected, or left out by the settings.',
    zh: '没有可冻结的样本：全部未通过、被剔除，或按设置未收。',
  },
  'pairs.not-csv': {
    en: 'The row cannot be read as CSV: {reason}.',
    zh: '该行不是有效的 CSV：{reason}。',
  },
  'pairs.not-utf8': {
    en: 'The row holds bytes that are no text in the encoding of the file.',
    zh: '该行含有不属于该文件编码的字节。',
  },
  'pairs.nothing-accepted': {
    en: 'No pair could be taken from {file} ({rejected} records rejected). The list of reasons gives each line; perhaps it has another form than was found.',
    zh: '{file} 中没有可用的样本（{rejected} 条被拒）。未采用的清单列出了每一行的原因；也可能是识别的格式不对。',
  },
  'pairs.still-reading': {
    en: '{file} is still being read. Wait for its end, or cancel it first.',
    zh: '{file} 仍在读取，请等它结束，或先取消。',
  },
  'pairs.turns': {
    en: 'A pair is one question and one answer; this conversation has the turns: {found}.',
    zh: '一对样本应是一问一答；此处的轮次为：{found}。',
  },
  'pairs.unknown-form': {
    en: 'No known form of pairs has these fields: {fields}.',
    zh: '没有哪种样本格式含有这些字段：{fields}。',
  },
} as const satisfies Sentences
