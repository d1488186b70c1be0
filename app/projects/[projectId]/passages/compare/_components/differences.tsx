import { setNameOf } from '@/app/_passages/set-name'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { Table } from '@/app/_ui/table'
import { settingChanges } from '@/lib/stages/passages/compare'
import type { PassageSetWithJob } from '@/lib/stages/passages/passages'

type Row = { name: string; before: string; after: string }

/** What two sets were cut by and what came out, a line each; settings only where they differ. */
export async function Differences({ a, b, identical }: { a: PassageSetWithJob; b: PassageSetWithJob; identical: number }) {
  const [t, { number }] = await Promise.all([getTranslator('passages'), getFormatter()])
  const percent = (value: number) => number(value, { style: 'percent', maximumFractionDigits: 1 })
  const figure = (name: string, of: (set: PassageSetWithJob) => string): Row => ({ name, before: of(a), after: of(b) })
  const isSame = identical === a.kept && identical === b.kept
  const changes = settingChanges(a, b).map(({ setting, before, after }): Row => ({ name: settingName(t, setting), before: valueName(t, setting, before), after: valueName(t, setting, after) }))
  const figures = [
    figure(t('passages'), (set) => number(set.kept)),
    figure(t('characters'), (set) => number(set.characters)),
    figure(t('average'), (set) => number(Math.round(set.characters / Math.max(1, set.kept)))),
    figure(t('midScene'), (set) => percent(set.midScene / Math.max(1, set.kept))),
    figure(t('ofEndings'), (set) => number(set.endings)),
    ...(isSame ? [] : [figure(t('identical'), (set) => `${number(identical)} (${percent(identical / Math.max(1, set.kept))})`)]),
  ]
  const columns = (head: string) => [
    { key: 'name', head, cell: (row: Row) => row.name },
    { key: 'a', head: setNameOf(t, a), number: true, cell: (row: Row) => row.before },
    { key: 'b', head: setNameOf(t, b), number: true, cell: (row: Row) => row.after },
  ]
  return (
    <div className="grid content-start gap-6">
      {isSame && <p className="m-0">{t('sameCuts')}</p>}
      {changes.length === 0 ? !isSame && <p className="m-0 text-muted">{t('sameSettings')}</p> : <Table label={t('different')} columns={columns(t('different'))} rows={changes} rowKey={(row) => row.name} />}
      <Table label={t('cuts')} columns={columns(t('cuts'))} rows={figures} rowKey={(row) => row.name} />
    </div>
  )
}

type Translator = Awaited<ReturnType<typeof getTranslator<'passages'>>>

function settingName(t: Translator, setting: string): string {
  switch (setting) {
    case 'registers':
    case 'strategy':
    case 'target':
    case 'minimum':
    case 'maximum':
    case 'chapterMaximum':
    case 'limit':
    case 'endings':
    case 'seed':
      return t(setting)
    default:
      return setting
  }
}

function valueName(t: Translator, setting: string, value: string): string {
  if (value === '') return t('all')
  if (setting === 'strategy' && (value === 'length' || value === 'scene' || value === 'chapter')) return t(`strategies.${value}`)
  if (setting === 'endings') return `${Math.round(Number(value) * 1000) / 10} %`
  if (setting !== 'registers') return value
  return value.split(' ').map((each) => (each === 'modern' || each === 'early_vernacular' || each === 'classical' ? t(`register.${each}`) : each)).join(' ')
}
