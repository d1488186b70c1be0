import { getTranslator } from '@/app/_i18n/server'
import { FilterForm } from '@/app/_ui/filter-form'
import { Link } from '@/app/_ui/link'
import { type RunQuery, runQueryString, runSorts, runStates } from '@/lib/stages/training/run-list'
import type { TrainingRunWithJob } from '@/lib/stages/training/training'

const control = 'h-8 rounded-base border border-edge bg-raised px-2 text-sm text-ink'

/** Search, filters and order of the runs, kept in the address; a filter is shown where the runs differ in it. */
export async function RunFilters({ base, query, runs }: { base: string; query: RunQuery; runs: readonly TrainingRunWithJob[] }) {
  const [t, jobs] = await Promise.all([getTranslator('training'), getTranslator('jobs')])
  const set = runQueryString(query)
  const models = new Map(runs.map((run) => [run.baseModelId, run.baseModel.name]))
  const datasets = new Map(runs.map((run) => [String(run.datasetVersion.ordinal), `v${run.datasetVersion.ordinal}`]))
  const tags = new Map([...new Set(runs.flatMap((run) => run.tags))].sort().map((tag) => [tag, tag]))
  const state = new Map(runStates.map((each) => [each, each === 'waiting' ? jobs('state.queued') : jobs(`state.${each}`)]))
  return (
    <FilterForm base={base} query={set.toString()} label={t('list.search')}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <input type="search" name="q" defaultValue={query.q} placeholder={t('list.searchWhat')} aria-label={t('list.searchWhat')} title={t('list.searchHint')} maxLength={200} className={`${control} w-72 max-w-full`} />
        <Chosen name="state" label={t('stateHead')} options={state} chosen={query.state} any={t('list.any')} />
        <Chosen name="tag" label={t('tags.head')} options={tags} chosen={query.tag} any={t('list.any')} />
        <Chosen name="model" label={t('baseModel')} options={models} chosen={query.model} any={t('list.any')} />
        <Chosen name="dataset" label={t('dataset')} options={datasets} chosen={query.dataset} any={t('list.any')} />
        <label className="flex items-center gap-2 text-sm">
          <span className="text-muted">{t('list.sort')}</span>
          <select name="sort" defaultValue={query.sort === 'newest' ? '' : query.sort} className={control}>
            {runSorts.map((sort) => (
              <option key={sort} value={sort === 'newest' ? '' : sort}>
                {t(`list.sorts.${sort}`)}
              </option>
            ))}
          </select>
        </label>
        {set.size > 0 && (
          <Link href={base} className="text-sm text-muted underline underline-offset-4 hover:text-ink">
            {t('list.clear')}
          </Link>
        )}
      </div>
    </FilterForm>
  )
}

function Chosen(props: { name: string; label: string; options: ReadonlyMap<string, string>; chosen: readonly string[]; any: string }) {
  const [value = ''] = props.chosen
  if (props.options.size < (props.name === 'tag' ? 1 : 2) && value === '') return null
  // What is chosen stays to be unchosen, though no run has it any more.
  const options = props.options.has(value) || value === '' ? [...props.options] : [...props.options, [value, value] as const]
  return (
    <label className="flex items-center gap-2 text-sm">
      <span className="text-muted">{props.label}</span>
      <select name={props.name} defaultValue={value} className={`${control} max-w-44`}>
        <option value="">{props.any}</option>
        {options.map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
