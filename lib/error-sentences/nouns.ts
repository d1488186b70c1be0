import type { Sentences } from '@/lib/error-sentences/locale'

/** What a sentence can be about, where its code serves for several things: put in as the English word, said in the reader's. */
export const nouns = {
  adapter: { en: 'adapter', zh: '适配器' },
  chapter: { en: 'chapter', zh: '章节' },
  'device memory': { en: 'memory on the GPU', zh: '显存' },
  'main memory': { en: 'main memory', zh: '内存' },
  'dataset version': { en: 'dataset version', zh: '数据集版本' },
  'file of pairs': { en: 'file of pairs', zh: '样本文件' },
  'duplicate group': { en: 'group of duplicates', zh: '重复组' },
  'finished passage set': { en: 'finished passage set', zh: '已切好的切片' },
  'finished story run': { en: 'finished story run', zh: '已完成的生成' },
  judge: { en: 'judge', zh: '评判' },
  'merged model': { en: 'merged model', zh: '合并后的模型' },
  model: { en: 'model', zh: '模型' },
  pair: { en: 'pair', zh: '样本' },
  'passage set': { en: 'passage set', zh: '切片集' },
  preset: { en: 'preset', zh: '预设' },
  play: { en: 'play', zh: '对写' },
  'premise run': { en: 'premise run', zh: '提要' },
  'prompt version': { en: 'prompt version', zh: '提示词版本' },
  'round of votes': { en: 'round of votes', zh: '盲评' },
  revision: { en: 'change', zh: '更改' },
  story: { en: 'story', zh: '成稿' },
  'story run': { en: 'story run', zh: '生成' },
  submission: { en: 'submission', zh: '提交' },
  'test file': { en: 'test file', zh: '测试文件' },
  'training run': { en: 'training run', zh: '训练' },
  try: { en: 'try', zh: '稿次' },
  upload: { en: 'upload', zh: '上传' },
} as const satisfies Sentences

export function isNoun(word: string): word is keyof typeof nouns {
  return Object.hasOwn(nouns, word)
}
