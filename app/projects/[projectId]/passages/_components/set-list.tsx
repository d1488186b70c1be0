import { ComparePicker } from '@/app/_ui/compare-picker'
import { SettingsLink } from '@/app/projects/[projectId]/passages/_components/redrawing'
import { RenameSet } from '@/app/projects/[projectId]/passages/_components/rename-set'
import { SetSettings } from '@/app/projects/[projectId]/passages/_components/set-settings'
import { deleteSet } from '@/app/projects/[projectId]/passages/actions'
import { queryOf } from '@/app/projects/[projectId]/passages/_passage-query'
import { setNameOf } from '@/app/_passages/set-name'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { JobStateTag } from '@/app/_jobs/job-state-tag'
import { ConfirmDialog } from '@/app/_ui/confirm-dialog'
import { Link } from '@/app/_ui/link'
import { LocalTime } from '@/app/_ui/local-time'
import { Table } from '@/app/_ui/table'
import { dependentsOfSets } from '@/lib/stages/passages/set-upkeep'
import { passageSetSettings, type PassageSetWithJob } from '@/lib/stages/passages/passages'

/** Every set that was cut: how, what came out, what was made from it; two of them can be compared. */
export async function SetList({ projectId, sets }: { projectId: string; sets: readonly PassageSetWithJob[] }) {
  const [t, { number }, dependents] = await Promise.all([getTranslator('passages'), getFormatter(), dependentsOfSets(projectId)])
  const here = `/projects/${projectId}/passages`
  const finished = sets.filter((set) => set.job.state === 'succeeded').map((set) => ({ ordinal: set.ordinal, label: setNameOf(t, set) }))
  return (
    <section className="mt-12">
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 id="sets" className="m-0 text-lg font-semibold">{t('sets')}</h2>
        <p className="m-0 mr-auto text-sm text-muted">{t('setsNote')}</p>
        {finished.length > 1 ? (
          <ComparePicker href={`${here}/compare`} options={finished} words={{ compare: t('compare'), first: t('older'), second: t('newer') }} />
        ) : (
          <span className="text-sm text-muted">{t('compareNeedsTwo')}</span>
        )}
      </div>
      <Table
        label={t('sets')}
        rows={sets}
        rowKey={(set) => set.id}
        columns={[
          { key: 'name', head: t('name'), className: 'min-w-40', cell: (set) => (
            <>
              <Link href={`${here}/${set.ordinal}`} className="font-semibold [overflow-wrap:anywhere]">{setNameOf(t, set)}</Link>
              <span className="block text-sm text-muted"><SetSettings settings={set.settings} /></span>
            </>
          ) },
          { key: 'passages', head: t('passages'), number: true, cell: (set) => (set.job.state === 'succeeded' ? number(set.kept) : <JobStateTag job={set.job} />) },
          { key: 'average', head: t('average'), number: true, cell: (set) => set.kept > 0 && number(Math.round(set.characters / set.kept)) },
          { key: 'midScene', head: t('midScene'), number: true, cell: (set) => set.kept > 0 && number(set.midScene / set.kept, { style: 'percent', maximumFractionDigits: 0 }) },
          { key: 'endings', head: t('ofEndings'), number: true, cell: (set) => set.kept > 0 && number(set.endings) },
          { key: 'made', head: t('made'), cell: (set) => <LocalTime at={set.createdAt.toISOString()} /> },
          { key: 'used', head: t('used'), cell: (set) => { const runs = dependents.get(set.id)?.premiseRuns ?? 0; return runs > 0 ? t('premiseRuns', { count: runs }) : <span className="text-muted">{t('unused')}</span> } },
          { key: 'do', head: <span className="sr-only">{t('actions')}</span>, cell: (set) => {
            const name = setNameOf(t, set)
            const known = passageSetSettings.safeParse(set.settings)
            const made = dependents.get(set.id)
            const removes = [
              t('deletes', { count: set.kept }),
              ...(made?.trials ? [t('deletesTrials', { count: made.trials })] : []),
              ...(made?.duplicateSearches ? [t('deletesSearches', { count: made.duplicateSearches })] : []),
            ]
            const refusal = made?.premiseRuns ? t('inUse', { runs: made.premiseRuns }) : set.job.state === 'queued' || set.job.state === 'running' ? t('stillCut') : undefined
            return (
              <span className="flex flex-wrap justify-end gap-1.5">
                {known.success && <SettingsLink small href={`?${queryOf(known.data)}`}>{t('useSettings')}</SettingsLink>}
                <RenameSet projectId={projectId} ordinal={set.ordinal} name={set.name} title={t('renameOf', { name })} />
                <ConfirmDialog small trigger={t('delete')} triggerLabel={t('deleteOf', { name })} title={t('deleteOf', { name })} confirm={t('delete')} removes={removes} refusal={refusal} action={deleteSet} values={{ projectId, ordinal: set.ordinal }} />
              </span>
            )
          } },
        ]}
      />
    </section>
  )
}
