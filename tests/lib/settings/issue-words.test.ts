import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Locale } from '@/lib/error-sentences'
import { duplicateSettings } from '@/lib/settings/duplicates'
import { fieldAt } from '@/lib/settings/field-at'
import { issueWords } from '@/lib/settings/issue-words'
import { novelSettings } from '@/lib/settings/novels'
import { pairSettings } from '@/lib/settings/pairs'
import { passageSettings } from '@/lib/settings/passages'
import { premisePrompt, premiseSampling, promptStyle } from '@/lib/settings/premises'
import { rewriteRule } from '@/lib/settings/rewrites'
import { settingNames, type SettingName } from '@/lib/settings/setting-names'
import { storyPrompt, storySampling } from '@/lib/settings/stories'
import { submissionSettings } from '@/lib/settings/submissions'
import { trainingSettings } from '@/lib/settings/training'
import { premiseWriter, storyWriter } from '@/lib/settings/writer'

const sections = { novels: novelSettings, passages: passageSettings, duplicates: duplicateSettings, premisePrompt, premiseSampling, promptStyle, pairs: pairSettings, training: trainingSettings, storyPrompt, storySampling, rewrites: rewriteRule, submissions: submissionSettings }
const names: Record<string, SettingName> = settingNames
const rawWords = /invalid|too (big|small)|expected|期望|无效|过大|过小|数值|NaN<|undefined|\[object/i

/** What is said of one setting when it alone is given so. */
function said(schema: z.ZodObject, name: string, value: unknown, locale: Locale): string[] {
  const { error } = schema.safeParse({ [name]: value }, { error: issueWords(schema, locale) })
  const own = (error?.issues ?? []).filter(({ path }) => path[0] === name && path.length < 3)
  // The first at a place is the one that is shown.
  return [...new Map(own.toReversed().map(({ path, message }) => [path.join('.'), message])).values()]
}

const fields = Object.entries(sections).flatMap(([section, schema]) => Object.keys(schema.shape).map((name) => ({ section, name, schema })))

/** Values that a field cannot have, with what must be repeated of them. */
function wrongFor(schema: z.ZodObject, name: string): { value: unknown; repeats: string | null }[] {
  const field = fieldAt(schema, [name])
  if (!field) throw new Error(`Nothing is known of ${name}`)
  const wrong: { value: unknown; repeats: string | null }[] = []
  if (field.type === 'number' || field.type === 'integer') {
    wrong.push({ value: 'schnell', repeats: 'schnell' }, { value: '8', repeats: '“8”' }, { value: [], repeats: null }, { value: true, repeats: 'true' }, { value: Number.NaN, repeats: 'NaN' })
    if (field.minimum !== undefined) wrong.push({ value: field.minimum - 1, repeats: new Intl.NumberFormat('en', { maximumFractionDigits: 20, maximumSignificantDigits: 15 }).format(field.minimum - 1) })
    if (field.maximum !== undefined) wrong.push({ value: field.maximum + 3, repeats: new Intl.NumberFormat('en', { maximumFractionDigits: 20 }).format(field.maximum + 3) })
    if (field.type === 'integer') wrong.push({ value: 8.5, repeats: '8.5' })
  } else if (field.type === 'boolean') wrong.push({ value: 'yes', repeats: '“yes”' }, { value: 1, repeats: '1' })
  else if (field.type === 'array') wrong.push({ value: 'q_proj', repeats: '“q_proj”' }, ...(field.fewest ? [{ value: [], repeats: '0' }] : []), ...(fieldAt(schema, [name, 0])?.type === 'object' ? [] : [{ value: [{}], repeats: null }]))
  else if (field.type === 'string') wrong.push({ value: 3, repeats: '3' }, ...(field.options.length > 0 ? [{ value: '$(reboot)', repeats: '$(reboot)' }] : []), ...(field.minLength ? [{ value: '', repeats: null }] : []))
  else wrong.push({ value: 3, repeats: '3' })
  return wrong
}

describe.each(fields)('$section: $name', ({ name, schema }) => {
  const words = names[name] ?? names[`styles.${name}`]

  it('has a name in both languages', () => {
    expect(words?.en).toMatch(/[a-z]/i)
    expect(words?.zh).toBeTruthy()
  })

  it('is refused in one sentence of ours that names it, what was given, what may stand there and its unit', () => {
    const field = fieldAt(schema, [name])
    for (const { value, repeats } of wrongFor(schema, name)) {
      for (const locale of ['en', 'zh'] as const) {
        const sentences = said(schema, name, value, locale)
        const about = `${JSON.stringify(value)} in ${locale}: ${sentences.join(' | ')}`
        expect(sentences.length, about).toBeGreaterThan(0)
        for (const sentence of sentences) {
          expect(sentence, about).not.toMatch(rawWords)
          expect(sentence, about).toMatch(locale === 'en' ? /\.$/ : /\p{Script=Han}.*。$/u)
          const isOfName = [words, names[`styles.${name}`]].some((each) => each && sentence.includes(each[locale]))
          expect(isOfName, about).toBe(true)
          if (repeats !== null) expect(sentence, about).toContain(repeats)
          if (field && (field.type === 'number' || field.type === 'integer')) {
            for (const end of [field.minimum, field.maximum]) if (end !== undefined) expect(sentence, about).toContain(new Intl.NumberFormat('en', { maximumFractionDigits: 20 }).format(end))
            if (words?.unit) expect(sentence, about).toContain(words.unit[locale])
          }
          for (const option of field?.options ?? []) expect(sentence, about).toContain(option)
        }
      }
    }
  })
})

describe('what is said', () => {
  const of = (schema: z.ZodObject, name: string, value: unknown) => [...said(schema, name, value, 'en'), ...said(schema, name, value, 'zh')]
  it.each([
    [trainingSettings, 'batchSize', 1000, 'Batch size must be a whole number from 1 to 256 (pairs), not 1,000.', '“批大小”应为 1 到 256 之间的整数（条），而不是 1,000。'],
    [trainingSettings, 'learningRate', 0, 'Learning rate must be a number above 0 and at most 1, not 0.', '“学习率”应为大于 0 且不超过 1 的数，而不是 0。'],
    [trainingSettings, 'dropout', 1, 'Dropout must be a number from 0 to below 1 (as a share, 1 is all), not 1.', '“丢弃率”应为 0 到 1（不含）之间的数（占比，1 为全部），而不是 1。'],
    [trainingSettings, 'rank', undefined, 'Rank r must be a whole number from 1 to 512; nothing is given.', '“秩 r”应为 1 到 512 之间的整数，尚未填写。'],
    [trainingSettings, 'targets', ['lm_head'], 'Projections: each entry must be one of q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj, not “lm_head”.', '“投影层”的每一条应为其中之一：q_proj、k_proj、v_proj、o_proj、gate_proj、up_proj、down_proj，而不是“lm_head”。'],
    [trainingSettings, 'targets', [], 'Projections must be a list of at least 1, not of 0.', '“投影层”应为至少 1 项的列表，而不是 0 项。'],
    [trainingSettings, 'baseModel', '', 'Base model must be text, not empty.', '“基座模型”应为不为空的文字。'],
    [trainingSettings, 'samplePremises', ['长'.repeat(501)], 'Premises of your own: each entry must be text of 1 to 500 characters, not 501.', '“自填提要”的每一条应为 1 到 500 字的文字，而不是 501 字。'],
    [passageSettings, 'limit', 0, 'Most passages must be a whole number from 1 to 10,000,000 (passages), or null, not 0.', '“最多切片数”应为 1 到 10,000,000 之间的整数（段），或 null，而不是 0。'],
  ] as const)('%#: of %s %j', (schema, name, value, en, zh) => {
    expect(of(schema, name, value)).toEqual([en, zh])
  })

  it('names unknown settings', () => {
    const { error } = trainingSettings.safeParse({ loraRank: 8 }, { error: issueWords(trainingSettings, 'zh') })
    expect(error?.issues.find(({ code }) => code === 'unrecognized_keys')?.message).toBe('没有这项设置：loraRank。')
  })

  it('repeats what was given for settings that do not go together', () => {
    const given = { strategy: 'length', target: 400, minimum: 450, maximum: 300, limit: null, seed: 1 }
    const words = (locale: Locale) => passageSettings.safeParse(given, { error: issueWords(passageSettings, locale) }).error?.issues.map(({ message }) => message)
    expect(words('en')).toEqual(['The shortest length (450 characters) must not exceed the target length (400).', 'The longest length (300 characters) must not be below the target length (400).'])
    expect(words('zh')).toEqual(['最短字数（450 字）不能超过目标字数（400 字）。', '最长字数（300 字）不能小于目标字数（400 字）。'])
  })

  it('never repeats what may hold a key', () => {
    const given = { kind: 'endpoint', baseUrl: 'ftp://me:secret@there', model: 'm', keyFrom: 'sk-the-key-itself' }
    for (const writer of [premiseWriter, storyWriter]) {
      const issues = writer.safeParse(given, { error: issueWords(writer, 'en') }).error?.issues.map(({ message }) => message)
      expect(issues).toEqual(['Address must be an http or https address.', 'Variable with the key must be a name of letters, digits and underscores that begins with no digit, or null.'])
    }
  })

  it('says which kinds of writer there are', () => {
    const message = (locale: Locale) => premiseWriter.safeParse({ kind: 'robot' }, { error: issueWords(premiseWriter, locale) }).error?.issues[0]?.message
    expect(message('en')).toBe('Kind must be one of engine, endpoint, not “robot”.')
    expect(message('zh')).toBe('“类型”应为其中之一：engine、endpoint，而不是“robot”。')
  })

  it('is said of a form too, whose schema turns texts into settings first', () => {
    const form = z.preprocess((given) => given, trainingSettings)
    expect(form.safeParse({ rank: 'viele' }, { error: issueWords(form, 'en') }).error?.issues.map(({ message }) => message)).toContain('Rank r must be a whole number from 1 to 512, not “viele”.')
  })

  it('leaves to a form what it says of a field without a name that is missing', () => {
    const schema = z.object({ anything: z.string() })
    expect(schema.safeParse({}, { error: issueWords(schema, 'en', 'This is needed.') }).error?.issues[0]?.message).toBe('This is needed.')
  })
})
