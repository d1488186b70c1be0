import { trainingSettings, type TrainingSettings } from '@/lib/settings/training'

type Name = keyof TrainingSettings

/** What a search looks at in a run. */
export type Searched = { ordinal: number; name: string; tags: readonly string[]; note: string; model: string; dataset: { ordinal: number; name: string }; settings: unknown }

const names = trainingSettings.keyof().options

/** Short names that people in the field use. */
const shortNames: Readonly<Record<string, Name>> = { r: 'rank', lr: 'learningRate', batch: 'batchSize', steps: 'maxSteps', warmup: 'warmupRatio' }

const comparison = /^([^\s<>=:]+)(<=|>=|[<>=:])(.+)$/u

/**
 * Whether a run is what the words of a search mean, all of them: each is part of its name, a tag, the note, the base model,
 * the dataset or a chosen setting (dora, cosine), or says how large a setting is (`rank=8`, `lr<1e-4`). `labels` are further
 * names of settings, as the reader's language has them.
 */
export function isFound(run: Searched, search: string, labels: ReadonlyMap<string, Name> = new Map()): boolean {
  const settings = trainingSettings.safeParse(run.settings).data
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const text = textOf(run, settings)
  return words.every((word) => {
    const [, name = '', sign = '', value = ''] = comparison.exec(word) ?? []
    const setting = sign === '' ? undefined : settingNamed(name, labels)
    if (setting === undefined || !settings) return text.includes(word)
    return holds(settings[setting], sign, value)
  })
}

function textOf(run: Searched, settings: TrainingSettings | undefined): string {
  const chosen = settings ? Object.values(settings).filter((value) => typeof value === 'string') : []
  return [`#${run.ordinal}`, run.name, ...run.tags, run.note, run.model, `v${run.dataset.ordinal}`, run.dataset.name, ...chosen].join('\n').toLowerCase()
}

function settingNamed(word: string, labels: ReadonlyMap<string, Name>): Name | undefined {
  return names.find((name) => name.toLowerCase() === word) ?? shortNames[word] ?? labels.get(word)
}

function holds(value: TrainingSettings[Name], sign: string, wanted: string): boolean {
  if (typeof value !== 'number') return (sign === '=' || sign === ':') && String(value).toLowerCase() === wanted
  const number = Number(wanted.replaceAll(',', ''))
  switch (sign) {
    case '<':
      return value < number
    case '<=':
      return value <= number
    case '>':
      return value > number
    case '>=':
      return value >= number
    default:
      return value === number
  }
}
