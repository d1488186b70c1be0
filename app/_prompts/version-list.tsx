import type { ReactNode } from 'react'
import { getTranslator } from '@/app/_i18n/server'
import { VersionNote } from '@/app/_prompts/version-note'
import { Button, LinkButton } from '@/app/_ui/button'
import { Link } from '@/app/_ui/link'
import { RelativeTime } from '@/app/_ui/local-time'
import type { PromptVersionInUse } from '@/lib/stages/prompts/prompts'

type Props = {
  projectId: string
  versions: readonly PromptVersionInUse[]
  /** The two that are compared, by their numbers. */
  from: number | null
  to: number | null
  /** Where a version's words are taken up again. */
  restoreHref: (version: number) => string
  actions?: (version: PromptVersionInUse) => ReactNode
}

/** Every version of a prompt: when it was made, a word about it, the runs it was used in, and which two to compare. */
export async function VersionList({ projectId, versions, from, to, restoreHref, actions }: Props) {
  const t = await getTranslator('prompts')
  const here = `/projects/${projectId}`
  return (
    <>
      <ul aria-label={t('versions')} className="m-0 list-none border-t border-line p-0">
        {versions.map((each) => {
          const { id, version, note, createdAt, premiseRuns, trainingRuns, storyRuns } = each
          const uses = [
            ...premiseRuns.map((run) => ({ href: `${here}/premises/${run.id}`, label: t('usedInPremises', { ordinal: run.ordinal }) })),
            ...trainingRuns.map((run) => ({ href: `${here}/training/${run.id}`, label: t('usedInTraining', { ordinal: run.ordinal }) })),
            ...storyRuns.map((run) => ({ href: `${here}/stories/${run.id}`, label: t('usedInStories', { ordinal: run.ordinal }) })),
          ]
          return (
            <li key={id} className="flex flex-wrap items-center gap-x-5 gap-y-2 border-b border-line py-3">
              {versions.length > 1 && (
                <span className="flex gap-3 text-sm">
                  <label className="flex items-center gap-1">
                    <input type="radio" form="compare" name="from" value={version} defaultChecked={version === from} className="size-4" aria-label={t('compareFrom', { version })} />
                    {t('from')}
                  </label>
                  <label className="flex items-center gap-1">
                    <input type="radio" form="compare" name="to" value={version} defaultChecked={version === to} className="size-4" aria-label={t('compareTo', { version })} />
                    {t('to')}
                  </label>
                </span>
              )}
              <span className="font-semibold">{t('version', { version })}</span>
              <VersionNote projectId={projectId} promptVersionId={id} version={version} note={note} />
              <span className="text-sm text-muted">
                <RelativeTime at={createdAt.toISOString()} />
              </span>
              <span className="flex flex-wrap gap-x-3 text-sm text-muted">
                {uses.length === 0 && t('unused')}
                {uses.map(({ href, label }) => (
                  <Link key={href} href={href} className="text-muted underline decoration-line underline-offset-4 hover:text-ink">
                    {label}
                  </Link>
                ))}
              </span>
              <span className="ml-auto flex flex-wrap gap-2">
                {actions?.(each)}
                <LinkButton small href={restoreHref(version)} aria-label={t('restoreOf', { version })}>
                  {t('restore')}
                </LinkButton>
              </span>
            </li>
          )
        })}
      </ul>
      {versions.length > 1 && (
        // Apart from the rows, which have forms of their own.
        <form id="compare" method="get" className="mt-4">
          <Button type="submit">{t('compare')}</Button>
        </form>
      )}
    </>
  )
}
