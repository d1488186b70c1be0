import type { ReactNode } from 'react'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { Link } from '@/app/_ui/link'
import { Table } from '@/app/_ui/table'
import { settingWord } from '@/app/projects/[projectId]/training/_components/setting-word'
import { writerName } from '@/app/projects/[projectId]/stories/_writer-name'
import { differingSettings } from '@/lib/stages/training/comparison'
import { datasetDifference } from '@/lib/stages/pairs/dataset-difference'
import { datasetOf, type Lineage, samplingOf, trainingOf } from '@/lib/stages/submissions/lineage'

const samplingNames = ['style', 'temperature', 'topP', 'topK', 'repetitionPenalty', 'maxTokens', 'target', 'minimumCharacters', 'tries', 'seed'] as const
type Fact = { key: string; label: string; values: readonly string[]; cells?: readonly ReactNode[] }

/** What submissions were made from and how, those things first in which they differ: writer, sampling, prompt, training, data. */
export async function LineageTable({ projectId, lineages, showsAll, toggle }: { projectId: string; lineages: readonly Lineage[]; showsAll: boolean; toggle: string | null }) {
  const [t, words, training, { number }] = await Promise.all([getTranslator('compare'), getTranslator('stories'), getTranslator('training'), getFormatter()])
  const none = t('none')
  const trained = lineages.map(trainingOf)
  const samplings = lineages.map(samplingOf)
  // Beside one that was not trained every setting of the other would differ: its run is named, and has them on its page.
  const settings = trained.filter((run) => run !== null).length > 1 ? differingSettings(trained.map((run) => ({ settings: run?.settings ?? null }))) : { rows: [], same: [] }
  const link = (href: string, text: string) => <Link href={href} className="text-ink underline decoration-line underline-offset-4">{text}</Link>
  const facts: Fact[] = [
    { key: 'run', label: t('run'), values: lineages.map(({ storyRun }) => `#${storyRun.ordinal}`), cells: lineages.map(({ storyRun }) => link(`/projects/${projectId}/stories/${storyRun.id}`, `#${storyRun.ordinal}`)) },
    { key: 'writer', label: t('writer'), values: lineages.map(({ storyRun }) => writerName(storyRun)) },
    { key: 'weights', label: t('weights'), values: lineages.map(({ storyRun }) => storyRun.servedSha256?.slice(0, 12) ?? none) },
    { key: 'base', label: t('base'), values: lineages.map(({ storyRun: { model } }) => model?.base?.name ?? none) },
    { key: 'training', label: t('training'), values: trained.map((run) => (run ? `#${run.ordinal}` : none)), cells: trained.map((run) => (run ? link(`/projects/${projectId}/training/${run.id}`, `#${run.ordinal}`) : none)) },
    { key: 'dataset', label: t('dataset'), values: lineages.map((each) => datasetOf(each)).map((version) => (version ? `v${version.ordinal}` : none)) },
    { key: 'prompt', label: t('prompt'), values: lineages.map(({ storyRun }) => (storyRun.promptVersion ? `v${storyRun.promptVersion.version}` : none)) },
    ...samplingNames.map((name) => ({ key: name, label: words(`setting.${name}`), values: samplings.map((sampling) => sampled(sampling?.[name], (value) => (name === 'seed' ? String(value) : number(value, { maximumFractionDigits: 4 })), none)) })),
    ...[...settings.rows, ...settings.same].map((row) => ({ key: `training-${row.name}`, label: `${t('training')} · ${training(`setting.${row.name}`)}`, values: row.values.map((value) => (value === null ? none : settingWord(training, value))) })),
    { key: 'challenge', label: t('challenge'), values: lineages.map(({ challengeScore }) => (challengeScore === null ? none : number(challengeScore, { maximumFractionDigits: 4 }))) },
  ]
  const differing = facts.filter(({ values }) => new Set(values).size > 1)
  const [first, ...others] = [...new Map(lineages.flatMap((each) => datasetOf(each) ?? []).map((version) => [version.id, version])).values()]
  const changes = first ? await Promise.all(others.map(async (to) => ({ from: first, to, difference: await datasetDifference(first, to, 0) }))) : []
  return (
    <>
      <Table
        label={t('lineage')}
        rows={showsAll ? facts : differing}
        rowKey={({ key }) => key}
        columns={[
          { key: 'name', head: t('what'), cell: ({ label }) => <span className="text-muted">{label}</span> },
          ...lineages.map((each, at) => ({ key: each.id, head: `#${each.ordinal}`, cell: (fact: Fact) => <span className="[overflow-wrap:anywhere] tabular-nums">{fact.cells?.[at] ?? fact.values[at]}</span> })),
        ]}
      />
      {toggle !== null && (
        <p className="mt-3 mb-0 flex flex-wrap gap-x-4 text-sm text-muted">
          {!showsAll && facts.length > differing.length && t('same', { count: facts.length - differing.length })}
          <Link href={toggle} scroll={false}>{showsAll ? t('onlyDiffering') : t('showAll')}</Link>
        </p>
      )}
      {changes.length > 0 && <h3 className="mt-5 mb-1 text-sm font-semibold">{t('datasets')}</h3>}
      {changes.map(({ from, to, difference: { counts, same } }) => (
        <p key={to.id} className="m-0 text-sm">
          {link(`/projects/${projectId}/pairs/versions/compare?a=${from.ordinal}&b=${to.ordinal}`, t('datasetLine', { from: `v${from.ordinal}`, to: `v${to.ordinal}`, added: counts.added, removed: counts.removed, reworded: counts.reworded, same }))}
        </p>
      ))}
    </>
  )
}

function sampled(value: string | number | undefined, say: (value: number) => string, none: string): string {
  if (value === undefined) return none
  return typeof value === 'number' ? say(value) : value
}
