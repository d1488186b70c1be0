'use client'

import { memo, type ReactNode } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { decideOnChapter } from '@/app/projects/[projectId]/novels/actions'
import type { ChapterDetail } from '@/app/projects/[projectId]/novels/[novelId]/_window'
import { binsOf } from '@/app/_ui/bins'
import { Choice } from '@/app/_ui/choice'
import { Link } from '@/app/_ui/link'
import { FactList } from '@/app/_ui/facts'
import { HistogramFigure } from '@/app/_ui/histogram-figure'
import { Tag } from '@/app/_ui/tag'
import { registers } from '@/lib/settings/novels'

const takings = ['by_register', 'taken', 'left_out'] as const
const roles = ['drawn', 'training', 'validation'] as const

/** What was measured of the chapter that is read, and a person's word on it. */
export const ChapterAside = memo(function ChapterAside({ projectId, chapter }: { projectId: string; chapter: ChapterDetail }) {
  const t = useTranslations('reading')
  const words = useTranslations('novels')
  const ui = useTranslations('ui')
  const { number } = useFormatter()
  const values = { projectId, chapterId: chapter.id }
  const lengths = [...chapter.lengths].sort((a, b) => a - b)
  const percent = (share: number) => number(share, { style: 'percent', maximumFractionDigits: 0 })
  const figure = (value: number) => number(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  return (
    <aside aria-label={t('measured')} className="grid content-start gap-5 text-sm">
      <section>
        <h3 className="mt-0 mb-2 flex items-center gap-2 text-base font-semibold">
          {t('evidence')} <Tag>{words(`register.${chapter.registerByPerson ?? chapter.measuredRegister}`)}</Tag>
        </h3>
        <FactList
          facts={[
            { label: t('functionDensity'), value: figure(chapter.functionDensity) },
            { label: t('deShare'), value: percent(chapter.deShare) },
            { label: t('clauseLength'), value: figure(chapter.clauseLength) },
            ...(chapter.classicalShare > 0.05 ? [{ label: t('classicalShare'), value: percent(chapter.classicalShare) }] : []),
            { label: t('measuredAs'), value: words(`register.${chapter.measuredRegister}`) },
            { label: t('headingFound'), value: t(evidenceWord(chapter.headingEvidence)) },
          ]}
        />
        <p className="mt-1.5 mb-0 text-xs text-muted">{t('evidenceHint')}</p>
      </section>
      <section className="grid content-start gap-2">
        <h3 className="m-0 text-base font-semibold">{t('decision')}</h3>
        <Row label={words('registers')}>
          <Choice
            label={words('registers')}
            name="register"
            value={chapter.registerByPerson ?? 'measured'}
            options={[{ value: 'measured', label: t('asMeasured') }, ...registers.map((value) => ({ value, label: words(`register.${value}`) }))]}
            action={decideOnChapter}
            values={values}
          />
        </Row>
        <Row label={words('taking')}>
          <Choice label={words('taking')} name="taking" value={chapter.taking} options={takings.map((value) => ({ value, label: words(`takings.${value}`) }))} action={decideOnChapter} values={values} />
        </Row>
        {chapter.headingEvidence === 'front' && <p className="m-0 text-sm text-muted">{words('frontNote')}</p>}
        <Row label={words('role')}>
          <Choice label={words('role')} name="role" value={chapter.role} options={roles.map((value) => ({ value, label: words(`roles.${value}`) }))} action={decideOnChapter} values={values} />
        </Row>
      </section>
      {chapter.alsoAt.length > 0 && (
        <section>
          <h3 className="mt-0 mb-2 flex items-center gap-2 text-base font-semibold">
            {t('alsoAt')} <Tag kind="warn">{t('repeats')}</Tag>
          </h3>
          <ul className="m-0 grid list-none gap-1 p-0">
            {chapter.alsoAt.map((other) => (
              <li key={other.chapterId} className="flex justify-between gap-3">
                <Link href={`/projects/${projectId}/novels/${other.novelId}?chapter=${other.chapterId}`} className="text-ink [overflow-wrap:anywhere]">
                  {[other.novel, other.heading].filter((part) => part !== '').join(' · ')}
                </Link>
                {/* Never 100 % of what is not the same. */}
                <span className="text-muted">{other.exact ? t('sameText') : percent(Math.floor(other.likeness * 100) / 100)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {lengths.length > 0 && (
        <section>
          <h3 className="mt-0 mb-2 text-base font-semibold">{t('passageLengths')}</h3>
          <HistogramFigure label={t('passageLengths')} unit={t('charactersUnit')} bins={binsOf(lengths, 9)} height={56} words={{ asTable: ui('asTable'), count: ui('count'), number: (value) => number(value) }} />
          <div className="mt-2">
            <FactList
              facts={[
                { label: t('passages'), value: number(lengths.length) },
                { label: t('shortest'), value: number(lengths[0] ?? 0) },
                { label: t('median'), value: number(lengths[Math.floor(lengths.length / 2)] ?? 0) },
                { label: t('longest'), value: number(lengths.at(-1) ?? 0) },
              ]}
            />
          </div>
        </section>
      )}
    </aside>
  )
})

const evidences = ['numbered', 'volume', 'named', 'listed', 'repeated', 'outdented', 'alone', 'numeral', 'title', 'front', 'none', 'person'] as const

/** The word for what showed a heading; an older row may say what is no longer told apart. */
function evidenceWord(evidence: string): `found.${(typeof evidences)[number]}` {
  return `found.${evidences.find((each) => each === evidence) ?? 'none'}`
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex items-center justify-between gap-3">
      <span className="text-muted">{label}</span>
      {children}
    </div>
  )
}
