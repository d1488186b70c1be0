import { FlawTags } from '@/app/projects/[projectId]/pairs/_components/flaw-tags'
import { PairPassage } from '@/app/projects/[projectId]/pairs/_components/pair-passage'
import { PremiseEditor } from '@/app/projects/[projectId]/pairs/_components/premise-editor'
import { VerdictButtons } from '@/app/projects/[projectId]/pairs/_components/verdict-buttons'
import { getTranslator } from '@/app/_i18n/server'
import { Tag } from '@/app/_ui/tag'
import type { PairEntry } from '@/lib/stages/pairs'

/** A passage at the left, its premise at the right, what the checks say, and a person's word. `leaks`: the premise is one of the test file's. */
export async function PairView({ projectId, pair, leaks, folded }: { projectId: string; pair: PairEntry; leaks: boolean; folded: boolean }) {
  const t = await getTranslator('pairs')
  // What the checks said was about the words that were written, not about a person's.
  const edited = pair.premise !== pair.written
  return (
    <div className="grid gap-x-12 gap-y-3 lg:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)]">
      <PairPassage projectId={projectId} passage={pair.passage} folded={folded} />
      <div className="grid content-start gap-3 self-start lg:sticky lg:top-[76px]">
        <p className="m-0 flex flex-wrap items-center gap-2 empty:hidden">
          {edited && <Tag kind="ok">{t('filters.edited')}</Tag>}
          {!edited && pair.outcome === 'good' && <Tag kind="ok">{t('filters.good')}</Tag>}
          {!edited && pair.outcome === 'refused' && <Tag kind="bad">{t('refused')}</Tag>}
          {!edited && <FlawTags flaws={pair.flaws} />}
          {leaks && <Tag kind="bad">{t('leaks')}</Tag>}
        </p>
        <PremiseEditor key={pair.premiseId} projectId={projectId} premiseId={pair.premiseId} premise={pair.premise} written={pair.written} />
        <VerdictButtons projectId={projectId} premiseId={pair.premiseId} verdict={pair.verdict} />
      </div>
    </div>
  )
}
