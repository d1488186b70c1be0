import type { Locale } from '@/lib/error-sentences'

/** What the terminal says: the stages' names as the studio has them, and the closing lines. */
const words = {
  novels: { en: '1 Novels', zh: '1 书稿' },
  test: { en: '1 Test file', zh: '1 测试文件' },
  passages: { en: '2 Passages', zh: '2 切片' },
  premises: { en: '3 Premises', zh: '3 提要' },
  pairs: { en: '4 Pairs', zh: '4 样本' },
  training: { en: '5 Training', zh: '5 训练' },
  merge: { en: '5 Merge', zh: '5 合并' },
  stories: { en: '6 Stories', zh: '6 生成' },
  submissions: { en: '7 Submission', zh: '7 提交' },
  baseStories: { en: '6 Stories of the untuned model, to compare', zh: '6 未微调模型的成稿（供对照）' },
  baseSubmission: { en: '7 Its submission', zh: '7 其提交' },
  waiting: { en: 'waiting', zh: '等待中' },
  starting: { en: 'starting', zh: '正在开始' },
  found: { en: 'already there', zh: '已有结果' },
  elapsed: { en: 'elapsed', zh: '已用' },
  remaining: { en: 'left', zh: '剩余' },
  studio: { en: 'The studio, to watch in a browser:', zh: '在浏览器中观看：' },
  sampleCapped: {
    en: 'The starter preset draws {limit} passages of {found} by seed {seed}, over all chapters that take part, so that this machine is done in minutes. --config with "passages": {"limit": null} takes them all.',
    zh: 'starter 预设从 {found} 个切片中按种子 {seed} 在参与的各章里抽取 {limit} 个，以便本机几分钟内完成。在 --config 中写 "passages": {"limit": null} 可全取。',
  },
  trained: {
    en: 'Trained {steps} steps: loss {from} → {to}, validation {validationFrom} → {validationTo}, {speed} tokens/s',
    zh: '训练 {steps} 步：损失 {from} → {to}，验证 {validationFrom} → {validationTo}，{speed} 词元/秒',
  },
  written: { en: 'Wrote {stories} stories, {tokens} tokens, {speed} tokens/s', zh: '写成 {stories} 篇，共 {tokens} 词元，{speed} 词元/秒' },
  premise: { en: 'Premise', zh: '提要' },
  before: { en: 'Before tuning', zh: '微调前' },
  after: { en: 'After tuning', zh: '微调后' },
  passed: { en: 'The submission passed its checks: {rows} rows, sha256 {sha256}', zh: '提交通过检查：{rows} 行，sha256 {sha256}' },
  failed: { en: 'The submission did not pass its checks:', zh: '提交未通过检查：' },
  mend: { en: 'What can be put right:', zh: '可以这样修正：' },
  mendWhere: { en: 'Have it done in the studio: Submissions, From elsewhere. The file itself stays.', zh: '可在工作室中修正：“提交”页的“别处做的提交”。原文件不动。' },
  row: { en: 'row {row}', zh: '第 {row} 行' },
  file: { en: 'the file', zh: '整个文件' },
  submitAt: { en: 'submit.json:', zh: 'submit.json：' },
  serving: { en: 'Still serving; Ctrl-C ends it.', zh: '仍在运行；按 Ctrl-C 结束。' },
  took: { en: 'The whole took {time}.', zh: '全程用时 {time}。' },
  starterHonest: {
    en: 'The starter model is small: it proves the pipeline on any machine. README.md says how to point at a better one.',
    zh: '起步模型很小，只为在任何机器上走通流程。如何换用更好的模型见 README.zh.md。',
  },
} as const satisfies Record<string, Record<Locale, string>>

export type Word = keyof typeof words

export function word(name: Word, locale: Locale, params: Record<string, string | number> = {}): string {
  return words[name][locale].replace(/\{(\w+)\}/g, (place, key: string) => String(params[key] ?? place))
}
