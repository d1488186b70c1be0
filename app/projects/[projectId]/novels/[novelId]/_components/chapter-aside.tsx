import type { ReactNode } from 'react'
import { decideOnChapter } from '@/app/projects/[projectId]/novels/actions'
import type { Cut } from '@/app/projects/[projectId]/novels/[novelId]/_reading'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { Choice } from '@/app/_ui/choice'
import { FactList } from '@/app/_ui/facts'
import { Histogram } from '@/app/_ui/histogram'
import { Tag } from '@/app/_ui/tag'
import { binsOf } from '@/app/_ui/bins'
import { type ChapterEntry, registerSchema, roleSchema, takingSchema } from '@/lib/stages/novels'

/** What was measured of a chapter, and a person's word on it. */
export async function ChapterAside({ projectId, chapter, cuts }: { projectId: string; chapter: ChapterEntry; cuts: readonly Cut[] }) {
  const [t, { number }] = await Promise.all([getTranslator('novels'), getFormatter()])
  const values = { projectId, chapterId: chapter.id }
  const lengths = cuts.map((cut) => cut.end - cut.start).sort((a, b) => a - b)
  const figure = (value: number) => number(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  return (
    <aside aria-label={t('measured')} className="grid content-start gap-6 md:grid-cols-2 md:gap-x-12 lg:col-start-2 xl:col-start-3 xl:grid-cols-1">
      <section>
        <h3 className="mt-0 mb-2 flex items-center gap-2 text-base font-semibold">
          {t('evidence')} <Tag>{t(`register.${chapter.register}`)}</Tag>
        </h3>
        <FactList
          facts={[
            { label: t('functionDensity'), value: figure(chapter.functionDensity) },
            { label: t('clauseLength'), value: figure(chapter.clauseLength) },
            { label: t('measuredAs'), value: t(`register.${chapter.measuredRegister}`) },
          ]}
        />
      </section>
      <section className="grid content-start gap-2 text-sm">
        <h3 className="m-0 text-base font-semibold">{t('decision')}</h3>
        <Row label={t('registers')}>
          <Choice
            label={t('registers')}
            name="register"
            value={chapter.registerByPerson ?? 'measured'}
            options={[{ value: 'measured', label: t('asMeasured') }, ...registerSchema.options.map((value) => ({ value, label: t(`register.${value}`) }))]}
            action={decideOnChapter}
            values={values}
          />
        </Row>
        <Row label={t('taking')}>
          <Choice label={t('taking')} name="taking" value={chapter.taking} options={takingSchema.options.map((value) => ({ value, label: t(`takings.${value}`) }))} action={decideOnChapter} values={values} />
        </Row>
        <Row label={t('role')}>
          <Choice label={t('role')} name="role" value={chapter.role} options={roleSchema.options.map((value) => ({ value, label: t(`roles.${value}`) }))} action={decideOnChapter} values={values} />
        </Row>
      </section>
      {lengths.length > 0 && (
        <section>
          <h3 className="mt-0 mb-2 text-base font-semibold">{t('passageLengths')}</h3>
          <Histogram label={t('passageLengths')} unit={t('charactersUnit')} bins={binsOf(lengths, 9)} height={56} />
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
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex items-center justify-between gap-3">
      <span className="text-muted">{label}</span>
      {children}
    </div>
  )
}
