import { z } from 'zod'
import type { Locale } from '@/lib/error-sentences'
import type { Job } from '@/lib/generated/prisma/client'
import type { StageStep } from '@/bin/whole-job/run-stages'
import type { UntunedStep } from '@/bin/whole-job/run-untuned'

/** The counts of a job's result that are worth a word, in the words of both languages. */
const fields = {
  accepted: { en: '{n} accepted', zh: '读入 {n} 条' },
  rejected: { en: '{n} rejected', zh: '拒收 {n} 条' },
  found: { en: '{n} found', zh: '找到 {n} 个' },
  kept: { en: '{n} kept', zh: '取用 {n} 个' },
  characters: { en: '{n} characters', zh: '{n} 字' },
  good: { en: '{n} good', zh: '通过 {n} 条' },
  refused: { en: '{n} refused', zh: '未通过 {n} 条' },
  training: { en: '{n} for training', zh: '训练 {n} 条' },
  validation: { en: '{n} for validation', zh: '验证 {n} 条' },
  steps: { en: '{n} steps', zh: '{n} 步' },
  truncated: { en: '{n} pairs truncated', zh: '截断 {n} 条' },
  dropped: { en: '{n} pairs dropped', zh: '弃用 {n} 条' },
  rows: { en: '{n} rows', zh: '{n} 行' },
  problems: { en: '{n} problems', zh: '{n} 处问题' },
} as const satisfies Record<string, Record<Locale, string>>

type Field = keyof typeof fields

const shownOf: Record<StageStep | UntunedStep, readonly Field[]> = {
  novels: ['accepted', 'rejected'],
  test: ['accepted', 'rejected'],
  passages: ['found', 'kept', 'characters'],
  premises: ['good', 'refused'],
  pairs: ['training', 'validation', 'characters'],
  training: ['steps', 'truncated', 'dropped'],
  merge: [],
  stories: ['good', 'refused'],
  submissions: ['rows', 'problems'],
  baseStories: ['good', 'refused'],
  baseSubmission: ['rows', 'problems'],
}

/** Said even when it is nothing; of the others a nought would only be noise. */
const always: readonly Field[] = ['accepted', 'good', 'rows', 'training', 'kept']

const counts = z.record(z.string(), z.unknown()).catch({})

/** What a finished step gave, in a few words of the reader's language; empty where there is nothing to count. */
export function resultLine(step: StageStep | UntunedStep, job: Pick<Job, 'result'>, locale: Locale): string {
  const result = counts.parse(job.result ?? {})
  const said = shownOf[step].flatMap((field) => {
    const value = result[field]
    if (typeof value !== 'number' || (value === 0 && !always.includes(field))) return []
    return fields[field][locale].replace('{n}', String(value))
  })
  return said.join(locale === 'zh' ? '，' : ', ')
}
