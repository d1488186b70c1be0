import { headingWords } from '@/app/_novels/heading-words'
import { getTranslator } from '@/app/_i18n/server'
import { Link } from '@/app/_ui/link'
import { Tag } from '@/app/_ui/tag'
import { groupOfPair, type PairDetail } from '@/lib/stages/pairs/detail'
import type { PairSource } from '@/lib/stages/pairs/source'

/** The pairs whose premise or passage is nearly this one's, with the way to them. */
export async function AlikePairs({ base, sourceQuery, source, pair }: { base: string; sourceQuery: string; source: PairSource; pair: PairDetail }) {
  const ui = await getTranslator('ui')
  const [t, group] = await Promise.all([getTranslator('pairs'), groupOfPair(source, pair)])
  if (group.length === 0) return null
  return (
    <section aria-label={t('alike')} className="border-t border-line pt-3 text-sm">
      <h2 className="mt-0 mb-2 text-sm font-semibold">{t('alike')}</h2>
      <ul className="m-0 list-none p-0">
        {group.map((other) => (
          <li key={other.name} className="flex flex-wrap items-baseline gap-x-2 py-1">
            <Link href={`${base}/${other.name}?${sourceQuery}`} lang="zh-CN" className="font-serif text-[15px] text-ink underline decoration-line underline-offset-4 hover:decoration-current">
              {other.premise}
            </Link>
            <Tag>{other.alike === 'passage' ? t('alikePassage') : t('alikePremise')}</Tag>
            <span className="text-muted">{[other.novel, headingWords(other.chapter, ui('front'))].filter(Boolean).join(' · ')}</span>
            {other.verdict === 'rejected' && <Tag kind="bad">{t('rejected')}</Tag>}
          </li>
        ))}
      </ul>
    </section>
  )
}
