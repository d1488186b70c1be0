'use client'

import { Check, Pencil, X } from 'lucide-react'
import { headingWords } from '@/app/_novels/heading-words'
import { useFormatter, useTranslations } from 'use-intl/react'
import { Button } from '@/app/_ui/button'
import { Link } from '@/app/_ui/link'
import { Tag } from '@/app/_ui/tag'
import type { PairRow } from '@/lib/stages/pairs/table'

type Verdict = 'undecided' | 'kept' | 'rejected'

/** The reader's words for what rows name by its id. */
export type RowWords = { flaws: Readonly<Record<string, string>>; registers: Readonly<Record<string, string>> }

/** One pair in a line or two: premise, marks, place, beginning of the passage, and the two verdicts. Empty until its page is there. */
export function PairTableRow({ number, row, href, words, onSay }: { number: number; row: PairRow | undefined; href: string; words: RowWords; onSay: (name: string, verdict: Verdict) => Promise<void> }) {
  const ui = useTranslations('ui')
  const t = useTranslations('pairs')
  const format = useFormatter()
  if (!row) return <div role="gridcell" className="h-[67px] px-2 py-3 text-muted">{format.number(number)}</div>
  const say = (pressed: Verdict) => void onSay(row.name, row.verdict === pressed ? 'undecided' : pressed)
  return (
    <div role="presentation" className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1 px-2 py-2.5 md:grid-cols-[3.5em_minmax(0,1.1fr)_minmax(0,1fr)_auto]">
      <span role="gridcell" className="hidden text-right text-sm text-muted md:block">
        {format.number(number)}
      </span>
      <div role="gridcell" className="min-w-0">
        <Link href={href} tabIndex={-1} lang="zh-CN" className="font-serif text-[15px] leading-snug text-ink no-underline [overflow-wrap:anywhere] hover:underline">
          {row.premise || t('noPremise')}
        </Link>
        <span className="mt-1 flex flex-wrap items-center gap-1.5 empty:hidden">
          {row.isEdited && (
            <Tag>
              <Pencil size={10} aria-hidden /> {t('filters.edited')}
            </Tag>
          )}
          {!row.isEdited && row.outcome === 'refused' && <Tag kind="bad">{t('refused')}</Tag>}
          {!row.isEdited && row.flaws.map((flaw) => <Tag key={flaw} kind="warn">{words.flaws[flaw] ?? flaw}</Tag>)}
          {row.leakOf !== null && <Tag kind="bad">{t('leaks')}</Tag>}
          {row.isDuplicate && <Tag kind="warn">{t('isDuplicate')}</Tag>}
          {row.isLeftOut && <Tag kind="warn">{t('isLeftOut')}</Tag>}
          {row.score !== null && <Tag>{t('scoreOf', { score: row.score })}</Tag>}
        </span>
      </div>
      <div role="gridcell" className="col-start-1 row-start-2 min-w-0 text-sm text-muted md:col-start-3 md:row-start-1">
        <span className="block truncate">
          {[row.novel, headingWords(row.chapter, ui('front')), words.registers[row.register], t('length', { count: row.characters })].filter(Boolean).join(' · ')}
        </span>
        <span lang="zh-CN" className="hidden truncate sm:block">
          {row.beginning}
        </span>
      </div>
      <span role="gridcell" className="col-start-2 row-span-2 row-start-1 flex gap-1.5 self-start md:col-start-4 md:row-span-1">
        <Button small tabIndex={-1} aria-pressed={row.verdict === 'kept'} aria-label={t('keepPair', { number: format.number(number) })} onClick={() => say('kept')} className="aria-pressed:border-malachite-text aria-pressed:text-malachite-text">
          <Check size={14} aria-hidden />
          <span className="hidden lg:inline">{t(row.verdict === 'kept' ? 'kept' : 'keep')}</span>
        </Button>
        <Button small tabIndex={-1} aria-pressed={row.verdict === 'rejected'} aria-label={t('rejectPair', { number: format.number(number) })} onClick={() => say('rejected')} className="aria-pressed:border-seal aria-pressed:text-seal">
          <X size={14} aria-hidden />
          <span className="hidden lg:inline">{t(row.verdict === 'rejected' ? 'rejected' : 'reject')}</span>
        </Button>
      </span>
    </div>
  )
}
