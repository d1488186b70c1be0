import type { Sentences } from '@/lib/error-sentences/locale'

/** Changes of a novel's chapters and what stands in their way. */
export const chapterSentences = {
  'chapter.changed': {
    en: 'This chapter has been changed in the meantime. Load the page again and look at it as it is now.',
    zh: '该章在此期间已被更改。请重新载入页面，查看现在的内容。',
  },
  'chapter.no-neighbour': {
    en: 'There is no chapter on that side: this one stands at the end of the novel.',
    zh: '那一侧没有章节：本章已在全书的一端。',
  },
  'chapter.split-place': {
    en: 'A chapter can only be split where a paragraph begins, with some text on either side.',
    zh: '只能在段落开头处拆分章节，且两侧都须有正文。',
  },
  'chapter.heading-long': {
    en: 'A heading has at most {limit} characters.',
    zh: '章节标题最多 {limit} 个字符。',
  },
  'revision.stands': {
    en: 'A later change stands on this one. Undo the later one first.',
    zh: '之后的更改建立在这一次之上。请先撤销之后的更改。',
  },
  'revision.undone': {
    en: 'This change has been undone already.',
    zh: '这次更改已经撤销。',
  },
  'clutter.gone': {
    en: 'What was to be removed is no longer there: the chapter has been changed. Look at the list again.',
    zh: '要删去的内容已不在原处：该章已被更改。请重新查看列表。',
  },
  'clutter.whole-chapter': {
    en: 'Nothing else would be left of this chapter. Leave it out instead.',
    zh: '删去后该章将没有内容。请改为舍去该章。',
  },
  'clutter.none': {
    en: 'There is nothing to remove: no such place is left in the chosen novels.',
    zh: '没有可删去的内容：所选书稿中已没有这类标记。',
  },
  'simplify.none': {
    en: 'There is nothing to simplify: the chosen novels have no traditional characters.',
    zh: '没有可转换的内容：所选书稿中没有繁体字。',
  },
  'decision.none': {
    en: 'No chapter matches this filter, so nothing was changed.',
    zh: '没有章节符合该筛选条件，未作任何更改。',
  },
  'decision.undone': {
    en: 'This decision has been undone already, or a later one stands before it.',
    zh: '这次决定已经撤销，或其后另有决定。',
  },
} as const satisfies Sentences
