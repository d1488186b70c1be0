import type { ReactNode } from 'react'
import { PromptDiff } from '@/app/_prompts/prompt-diff'
import { VersionList } from '@/app/_prompts/version-list'
import { getTranslator } from '@/app/_i18n/server'
import { diffPrompts } from '@/lib/llm/prompt-diff'
import { type PromptVersionInUse, promptWordsOf } from '@/lib/stages/prompts/prompts'

/** Which two versions the address compares, by their numbers; without them the newest and the one before it. */
export type ComparedQuery = { from?: string; to?: string }

type Props = {
  projectId: string
  /** Newest first; at least one. */
  versions: readonly PromptVersionInUse[]
  compared: ComparedQuery
  /** Where a version's words are taken up again. */
  restoreHref: (version: number) => string
  /** What else may be done with a version. */
  actions?: (version: PromptVersionInUse) => ReactNode
}

/** The versions of a prompt, of premises or of stories: notes, uses, and what differs between two. */
export async function PromptVersions({ projectId, versions, compared, restoreHref, actions }: Props) {
  const t = await getTranslator('prompts')
  const named = (number: string | undefined) => versions.find(({ version }) => String(version) === number)
  const to = named(compared.to) ?? versions[0]
  const from = named(compared.from) ?? versions[1]
  return (
    <>
      <VersionList projectId={projectId} versions={versions} from={from?.version ?? null} to={to?.version ?? null} restoreHref={restoreHref} actions={actions} />
      {from && to && from.id !== to.id && (
        <section aria-labelledby="differences" className="mt-8 border-t border-line pt-6">
          <h2 id="differences" className="mt-0 mb-4 text-lg font-semibold">
            {t('differences', { from: from.version, to: to.version })}
          </h2>
          <PromptDiff parts={diffPrompts(promptWordsOf(from), promptWordsOf(to))} />
        </section>
      )}
    </>
  )
}
