import type { Question } from '@/lib/llm/ask'

/** The version of the question below; a stored grade names the one it answers. */
export const scoringVersion = 1

const system = '你是小说编辑，按五分制评价提要。'

const criteria = `下面是一段小说原文，和为它写的一句提要。请判断：只凭这句提要，一个写作者能否写出与原文情节、人物、氛围相符的一段？
5 分：准确、具体，抓住了这一段独有的人物、事件或意象，没有原文之外的内容。
4 分：准确，但略显笼统，或漏掉一个要点。
3 分：大致相符，放在别的小说里也成立。
2 分：有明显的错误、臆造或遗漏。
1 分：与原文无关，或不成句子。`

/** Asks a model to grade a premise from 1 to 5 beside its passage (after Humpback's self-curation, Li et al. 2023). */
export function scoringQuestion(passage: string, premise: string, style: 'chat' | 'completions', seed: number): Question {
  const body = `${criteria}\n\n【原文】\n${passage.trim()}\n\n【提要】\n${premise}\n\n只回答一个数字（1 至 5）。`
  return {
    prompt: style === 'chat' ? { style, messages: [{ role: 'system', content: system }, { role: 'user', content: body }] } : { style, text: `${system}\n\n${body}\n分数：` },
    temperature: 0,
    topP: 1,
    topK: 0,
    repetitionPenalty: 1,
    maxTokens: 16,
    seed,
  }
}

/** The grade in an answer, as a digit or a Chinese numeral; null where there is none. A scale such as 5 in “4/5” is not one. */
export function scoreIn(answer: string): number | null {
  const text = answer.replace(/^\s*<think>[^]*?<\/think>/, '').normalize('NFKC')
  const digit = /(?<![\d.])([1-5])(?![\d])/.exec(text)?.[1]
  if (digit) return Number(digit)
  const numeral = '一二三四五'.indexOf(/[一二三四五](?=\s*分)/.exec(text)?.[0] ?? '？')
  return numeral < 0 ? null : numeral + 1
}
