import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { Link } from '@/app/_ui/link'
import { pairName } from '@/lib/stages/pairs/source'
import { frozenPairsAt } from '@/lib/stages/pairs/datasets'
import type { CutPair } from '@/lib/stages/pairs/token-counts'

/** The longest pairs that do not fit, each with how much is lost and the way to it. */
export async function CutPairs({ projectId, versionId, pairs, maxLength }: { projectId: string; versionId: string; pairs: readonly CutPair[]; maxLength: number }) {
  const [t, { number }, frozen] = await Promise.all([getTranslator('pairs'), getFormatter(), frozenPairsAt(versionId, pairs.map(({ ordinal }) => ordinal))])
  const byOrdinal = new Map(frozen.map((pair) => [pair.ordinal, pair]))
  return (
    <details>
      <summary className="text-sm">{t('longestCut')}</summary>
      <ol className="mt-2 mb-0 list-none p-0 text-sm">
        {pairs.map((cut) => {
          const pair = byOrdinal.get(cut.ordinal)
          if (!pair) return null
          const name = pair.premiseId !== null ? pairName({ kind: 'run', id: pair.premiseId }) : pair.importedPairId !== null ? pairName({ kind: 'import', id: pair.importedPairId }) : null
          return (
            <li key={cut.ordinal} className="flex flex-wrap items-baseline gap-x-3 border-t border-line py-1">
              <span className="tabular-nums">{t('tokensIn', { count: cut.tokens })}</span>
              <span className={cut.isDropped ? 'text-seal' : 'text-gamboge-text'}>{cut.isDropped ? t('isDropped') : t('losesTokens', { count: number(cut.tokens - maxLength) })}</span>
              {name === null ? (
                <span lang="zh-CN" className="font-serif">{pair.premise}</span>
              ) : (
                <Link href={`/projects/${projectId}/pairs/${name}`} lang="zh-CN" className="font-serif text-ink underline decoration-line underline-offset-4 hover:decoration-current">
                  {pair.premise}
                </Link>
              )}
            </li>
          )
        })}
      </ol>
    </details>
  )
}
