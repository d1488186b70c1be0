import type { Locale } from '@/lib/error-sentences'
import { trainingSettings } from '@/lib/settings/training'
import { cardWords } from '@/lib/models/card-words'
import type { Lineage } from '@/lib/stages/models/lineage'

type Word = (name: keyof typeof cardWords, values?: Record<string, string | number>) => string

/** The README.md of an adapter or merged model: what it was made from and how, as its rows say, with the front matter that hubs read. */
export function modelCard(lineage: Lineage, kind: 'adapter' | 'merged', locale: Locale): string {
  const word: Word = (name, values = {}) => cardWords[name][locale].replace(/\{(\w+)\}/g, (place, key: string) => String(values[key] ?? place))
  const { base, trained, imported } = lineage
  const parts = [
    frontMatter(lineage, kind),
    `# ${line(lineage.name)}`,
    word(kind === 'adapter' ? 'adapterIntro' : 'mergedIntro', { base: line(base.name) }),
    imported && word('importedIntro', { origin: `\`${line(imported.origin)}\`` }),
    `## ${word('base')}`,
    table([
      [word('model'), line(base.name)],
      [word('licence'), line(base.licence ?? word('licenceUnknown'))],
      [word('parameters'), base.parameters === null ? null : base.parameters.toLocaleString(locale)],
      [word('weights'), base.sha256],
    ]),
    word('licenceNote'),
    ...(trained ? trainedParts(trained, lineage.madeAt, word, locale) : []),
    ...(imported?.described ? importedParts(imported.described, word) : []),
    ...useParts(lineage, kind, word),
    trained && word('limits'),
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

function frontMatter({ base, imported }: Lineage, kind: 'adapter' | 'merged'): string {
  const tags = kind === 'adapter' ? ['lora', 'peft', 'fiction'] : ['fiction']
  const lines = [
    ['base_model', base.name],
    ...licenceLines(base.licence),
    ['language', 'zh'],
    ['library_name', kind === 'adapter' ? 'peft' : 'transformers'],
    ['pipeline_tag', 'text-generation'],
  ].map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
  return ['---', ...lines, `tags: [${[...tags, ...(imported ? [] : ['molian'])].join(', ')}]`, '---'].join('\n')
}

/** Hubs know licences by short names; any other is named beside. */
function licenceLines(licence: string | null): [string, string][] {
  if (licence === null) return []
  return /^[a-z0-9][a-z0-9.-]*$/.test(licence) ? [['license', licence]] : [['license', 'other'], ['license_name', licence]]
}

function trainedParts(trained: NonNullable<Lineage['trained']>, madeAt: Date, word: Word, locale: Locale): string[] {
  const { dataset, result, settings } = trained
  const count = (value: number) => value.toLocaleString(locale)
  const loss = (value: number | null) => (value === null ? '–' : value.toFixed(4))
  return [
    `## ${word('data')}`,
    table([
      [word('dataset'), [`v${dataset.ordinal}`, line(dataset.name)].filter(Boolean).join(' · ')],
      ['SHA-256', dataset.sha256],
      [word('pairs'), word('pairsOf', { training: count(dataset.trainingPairs), validation: count(dataset.validationPairs) })],
      [word('characters'), count(dataset.characters)],
    ]),
    table([[word('novel'), word('pairs')], ...dataset.novels.map((novel) => [line(novel.title) || word('unnamed'), count(novel.pairs)] as const)]),
    `## ${word('training')}`,
    table([
      [word('run'), word('runOf', { project: line(trained.project), run: trained.run })],
      [word('date'), madeAt.toISOString().slice(0, 10)],
      [word('steps'), result && [word('stepsOf', { steps: count(result.steps), step: count(result.adapter_step) }), trained.stoppedEarly ? word('stoppedEarly') : ''].filter(Boolean).join(', ')],
      [word('loss'), result && `${loss(result.first_loss)} → ${loss(result.last_loss)}`],
      [word('validationLoss'), result && result.validation_loss_to !== null ? `${loss(result.validation_loss_from)} → ${loss(result.validation_loss_to)}` : null],
      [word('best'), result && result.best_validation_loss !== null ? loss(result.best_validation_loss) : null],
    ]),
    result ? word('nats') : '',
    `### ${word('settings')}`,
    table([[word('setting'), word('value')], ...orderedSettings(settings)]),
  ]
}

/** In the order of the form; what an earlier Molian knew besides stands at the end. */
function orderedSettings(settings: Record<string, unknown>): [string, string][] {
  const order = Object.keys(trainingSettings.shape)
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  const names = Object.keys(settings).filter((name) => name !== 'baseModel').sort((one, other) => place(one) - place(other))
  return names.map((name) => [name, `\`${line(JSON.stringify(settings[name]))}\``])
}

function importedParts(described: NonNullable<NonNullable<Lineage['imported']>['described']>, word: Word): string[] {
  return [
    `## ${word('adapter')}`,
    table([
      [word('method'), described.method],
      [word('rank'), `${described.rank} (alpha ${described.alpha})`],
      [word('modules'), described.modules.join(', ')],
      [word('namedBase'), described.namedBase === null ? null : `\`${line(described.namedBase)}\``],
    ]),
  ]
}

function useParts({ base, trained }: Lineage, kind: 'adapter' | 'merged', word: Word): string[] {
  const prompt = trained ? [word('promptNote'), `**${word('system')}**`, fenced('text', trained.prompt.system), `**${word('template')}**`, fenced('text', trained.prompt.template)] : []
  const python = ['from peft import PeftModel', 'from transformers import AutoModelForCausalLM, AutoTokenizer', '', `base = ${JSON.stringify(base.name)}`, 'tokenizer = AutoTokenizer.from_pretrained(base)', 'model = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(base), ".")'].join('\n')
  const how = kind === 'adapter'
    ? [word('adapterUse'), fenced('python', python)]
    : [word('mergedUse'), fenced('sh', 'vllm serve .'), word('gguf'), fenced('sh', 'python convert_hf_to_gguf.py . --outfile model.gguf --outtype f16')]
  return [`## ${word('use')}`, ...prompt, ...how]
}

/** The first row is the head; of rows whose second cell is null nothing is said. */
function table(rows: readonly (readonly [string, string | null])[]): string {
  const [head, ...body] = rows.filter((row): row is readonly [string, string] => row[1] !== null && row[1] !== '')
  if (!head) return ''
  return [head, ['---', '---'] as const, ...body].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

/** What a person or a file has named, in one line that ends no cell and opens no markup. */
function line(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[|<>\\`]/g, (sign) => (sign === '`' ? 'ˋ' : `\\${sign}`)).trim()
}

function fenced(language: string, text: string): string {
  const longest = [...text.matchAll(/`+/g)].reduce((most, [run]) => Math.max(most, run.length), 2)
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}`
}
