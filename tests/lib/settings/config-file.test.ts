import { describe, expect, it } from 'vitest'
import { MolianError } from '@/lib/errors'
import { printConfig, readConfig } from '@/lib/settings/config-file'
import { presetNames, presets } from '@/lib/settings/presets'

const { starter } = presets
const read = (text: string) => readConfig(text, 'my.jsonc', starter, 'en')

function faultOf(text: string): MolianError {
  try {
    read(text)
  } catch (error) {
    if (error instanceof MolianError) return error
    throw error
  }
  throw new Error('Nothing was wrong')
}

describe('printConfig', () => {
  it.each(presetNames.flatMap((name) => [[name, 'en'], [name, 'zh']] as const))('prints %s in %s as it is read back', (name, locale) => {
    const text = printConfig(presets[name], locale)
    expect(readConfig(text, 'c', presets[name === 'starter' ? 'kuwen' : 'starter'], locale)).toEqual(presets[name])
    expect(text.endsWith('}\n')).toBe(true)
  })

  it.each([['en', /[a-z]/], ['zh', /\p{Script=Han}/u]] as const)('puts a comment in %s above every setting', (locale, words) => {
    const lines = printConfig(starter, locale).split('\n')
    let bare = 0
    for (const [index, line] of lines.entries()) {
      // Sections and groups have no hint of their own; the entries of a list stand under the list's.
      if (!/^ {4}("\w+": [^{]|  "\w+": )/.test(line) || /^ {6,}"(passage|premise)": "/.test(line)) continue
      if (!/^ +\/\/ /.test(lines[index - 1] ?? '') || !words.test(lines[index - 1] ?? '')) bare += 1
    }
    expect(bare).toBe(0)
    expect(lines.filter((line) => line.trim().startsWith('//')).length).toBeGreaterThan(55)
  })

  it('follows the kind of a writer', () => {
    const endpoint = { kind: 'endpoint', baseUrl: 'http://localhost:8000/v1', model: 'm', keyFrom: null } as const
    const text = printConfig({ ...starter, premises: { ...starter.premises, writer: endpoint } }, 'en')
    expect(text).toContain('environment variable that holds the key')
    expect(readConfig(text, 'c', starter, 'en').premises.writer).toEqual(endpoint)
  })
})

describe('readConfig', () => {
  it('lays a file over the preset, field by field', () => {
    const settings = read(`{
      // how long
      "passages": { "target": 300, /* at least */ "minimum": 100, },
      "training": { "learningRate": 1e-4, "targets": ["q_proj"] },
    }`)
    expect(settings.passages).toEqual({ ...starter.passages, target: 300, minimum: 100 })
    expect(settings.training).toEqual({ ...starter.training, learningRate: 1e-4, targets: ['q_proj'] })
    expect(settings.stories).toEqual(starter.stories)
    expect(starter.passages.target).toBe(400)
  })

  it('takes null and an empty object as they are', () => {
    expect(read('{"passages": {"limit": null}}').passages.limit).toBeNull()
    expect(read('{}')).toEqual(starter)
  })

  it('replaces a writer of another kind, and changes one of the same', () => {
    const endpoint = { kind: 'endpoint', baseUrl: 'http://localhost:8000/v1', model: 'm', keyFrom: 'KEY' }
    expect(read(JSON.stringify({ stories: { writer: endpoint }, premises: { writer: { kind: 'engine', model: './models/a' } } }))).toMatchObject({
      stories: { writer: endpoint, sampling: starter.stories.sampling },
      premises: { writer: { kind: 'engine', model: './models/a' } },
    })
    expect(read('{"premises": {"writer": {"model": "./b"}}}').premises.writer).toEqual({ kind: 'engine', model: './b' })
    expect(faultOf('{"premises": {"writer": {"kind": "endpoint"}}}')).toMatchObject({ code: 'config.bad-field', params: { field: 'premises.writer.baseUrl' } })
  })

  it.each([
    ['{"training": {"learningRate": 0}}', 'training.learningRate'],
    ['{"training": {"learningRate": -1}}', 'training.learningRate'],
    ['{"training": {"learningRate": 1e9}}', 'training.learningRate'],
    ['{"training": {"learningRate": "1e-4"}}', 'training.learningRate'],
    ['{"training": {"rank": 0}}', 'training.rank'],
    ['{"passages": {"target": "400"}}', 'passages.target'],
    ['{"passages": {"minimum": 450}}', 'passages.minimum'],
    ['{"premises": {"prompt": {"examples": [{"passage": ""}]}}}', 'premises.prompt.examples.0.passage'],
    ['{"premises": {"writer": {"kind": "robot"}}}', 'premises.writer.kind'],
    ['{"training": null}', 'training'],
    ['{"training": []}', 'training'],
    ['[]', '(top)'],
    ['null', '(top)'],
    ['"x"', '(top)'],
  ])('%s is refused at %s', (text, field) => {
    const fault = faultOf(text)
    expect(fault).toMatchObject({ code: 'config.bad-field', params: { file: 'my.jsonc', field } })
    expect(fault.sentence('zh')).toContain(field)
  })

  it.each([
    ['{"training": {"lerningRate": 1}}', 'training', 'lerningRate'],
    ['{"trainig": {}}', '(top)', 'trainig'],
    ['{"premises": {"writer": {"baseUrl": "http://a/v1"}}}', 'premises.writer', 'baseUrl'],
    ['{"training": {"constructor": 1}}', 'training', 'constructor'],
  ])('%s names the unknown key', (text, field, key) => {
    const fault = faultOf(text)
    expect(fault.params).toMatchObject({ field, reason: expect.stringContaining(key) })
  })

  it('says why in the language asked for', () => {
    expect(() => readConfig('{"training": {"rank": 0}}', 'c', starter, 'zh')).toThrow(expect.objectContaining({ params: expect.objectContaining({ reason: expect.stringMatching(/\p{Script=Han}/u) }) }))
  })

  it.each([
    ['{"passages": {"minimum": 450, "target": 400}}', 'passages.minimum', 'The shortest length (450 characters) must not exceed the target length (400).', '最短字数（450 字）不能超过目标字数（400 字）。'],
    ['{"premises": {"prompt": {"styles": [STYLE, STYLE]}}}', 'premises.prompt.styles', 'Each style may stand here only once.', '每种体裁只能出现一次。'],
  ])('says of %s in the language asked for which settings do not go together', (given, field, en, zh) => {
    const style = { style: 'theme', share: 10, system: '', template: '{{passage}}', examples: [], minimumCharacters: 2, maximumCharacters: 20, maxTokens: 32 }
    const text = given.replaceAll('STYLE', JSON.stringify(style))
    for (const [locale, reason] of [['en', en], ['zh', zh]] as const) {
      expect(() => readConfig(text, 'c', starter, locale)).toThrow(expect.objectContaining({ params: { file: 'c', field, reason } }))
    }
  })

  it('is not led astray by a prototype', () => {
    faultOf('{"training": {"__proto__": {"rank": 1}, "x": 1}}')
    expect(Reflect.get({}, 'rank')).toBeUndefined()
  })

  it.each([
    ['', 1],
    ['{\n  "passages": {\n    "target": 300\n    "minimum": 100\n  }\n}', 4],
    ['{\n  "training": {', 2],
    ['{"a": 01}', 1],
    ["{\n'training': {}}", 2],
    ['// nothing\n', 2],
  ])('%j is no JSON in line %i', (text, line) => {
    expect(faultOf(text)).toMatchObject({ code: 'config.not-json', params: { file: 'my.jsonc', line } })
  })

  it('reads what an editor of another system saves', () => {
    expect(read('\ufeff{\r\n  "passages": {"limit": 5}\r\n}\r\n').passages.limit).toBe(5)
  })
})
