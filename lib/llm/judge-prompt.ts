import type { Question } from '@/lib/llm/ask'
import { checkSystem, checkTemplate, fillTemplate } from '@/lib/llm/prompts'
import type { JudgePrompt, JudgeSampling } from '@/lib/settings/judge'
import { inert } from '@/lib/text/special-tokens'

/** What the template may name: the premise, and the two stories in the order in which they are asked about. */
export const judgeVariables = ['premise', 'first', 'second'] as const

/** The words that a judge is asked in until a person writes others. */
export const usualJudgePrompt: JudgePrompt = {
  system: '你是一位公正的小说编辑。你会读到按同一提要写成的两篇小说，并判断哪一篇更好。',
  template: `提要：{{premise}}

【第一篇】
{{first}}

【第二篇】
{{second}}

请比较两篇是否切合提要、情节是否完整、语言是否自然，有没有重复、空话或写到一半的地方。不要因为谁排在前面、谁更长就偏向谁。先用一两句话说明理由，最后另起一行写出结论，只能是下面四种之一：
结论：第一篇
结论：第二篇
结论：都好
结论：都不好`,
}

/** Throws prompt.unknown-variable, prompt.variable-missing and prompt.variable-in-system: without both stories nothing can be judged. */
export function checkJudgePrompt({ system, template }: JudgePrompt): void {
  checkSystem(system)
  for (const required of ['first', 'second']) checkTemplate(template, judgeVariables, required)
}

/** Two stories in one order, and what they are told of. */
export type Matched = { premise: string; first: string; second: string }

/** The question which of the two is better. What the stories hold of a chat template's markers is made plain. */
export function judgeQuestion({ premise, first, second }: Matched, { system, template }: JudgePrompt, { temperature, maxTokens, seed }: JudgeSampling): Question {
  const content = fillTemplate(template, { premise: inert(premise), first: inert(first), second: inert(second) })
  return {
    prompt: { style: 'chat', messages: [...(system === '' ? [] : [{ role: 'system' as const, content: system }]), { role: 'user' as const, content }] },
    temperature, topP: 1, topK: 0, repetitionPenalty: 1, maxTokens, seed,
  }
}
