import type { Sentences } from '@/lib/error-sentences/locale'

/** Stories beside each other, and what people say of them. */
export const compareSentences = {
  'compare.unlike': {
    en: 'Only two to four submissions of one test file can stand beside each other. Choose again on the Submissions page.',
    zh: '只能并排对照同一测试文件的两至四份提交。请在“提交”页重新选择。',
  },
  'votes.unlike': {
    en: 'A round of votes needs two or more finished story runs of one test file.',
    zh: '盲评需要同一测试文件的两次或更多已完成的生成。',
  },
  'votes.nothing-to-judge': {
    en: 'No two stories of this round differ, so there is nothing to judge.',
    zh: '这一轮里没有两篇不同的成稿，无可评判。',
  },
  'votes.budget-without-price': {
    en: 'A budget needs the model’s price. Enter it first.',
    zh: '设预算须先填写该模型的价格。',
  },
  'votes.judge-runs': {
    en: 'The judge is still asking. Wait for it, or cancel it first.',
    zh: '模型仍在评判。请等它结束，或先取消。',
  },
  'votes.round-judged': {
    en: 'A judge is still asking in this round. Cancel its job first.',
    zh: '这一轮里仍有模型在评判。请先取消其任务。',
  },
  'votes.no-such-pair': {
    en: 'These two stories are not in this round any more: one of them was deleted or changed. Reload the page for the next two.',
    zh: '这两篇已不在这一轮里：其中一篇已删除或更改。请刷新页面，继续下一对。',
  },
} as const satisfies Sentences
