'use client'

import type { ReactNode } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import type { DatasetChoice, LeftOutReason } from '@/lib/stages/pairs/dataset-choice'
import { isValidationMissing } from '@/lib/stages/pairs/missing-validation'

/** What a version takes or would take. */
export type Preview = Omit<DatasetChoice, 'pairs'> & { training: number; validation: number }

const reasons = ['refused', 'rejected', 'undecided', 'leak', 'duplicate', 'register', 'novel'] as const satisfies readonly LeftOutReason[]
const registers = ['modern', 'early_vernacular', 'classical'] as const
const shown = 12

/** The two sides in figures, what is to be known beside them (`children`), a warning where no validation came of the share that was asked for, why pairs stay out, and the share of each register and novel before and after the balancing. */
export function Composition({ preview, validationShare, children }: { preview: Preview; validationShare: number; children?: ReactNode }) {
  const t = useTranslations('pairs')
  const format = useFormatter()
  const { before, after } = preview
  const rows = [
    ...registers.filter((register) => before.registers[register] > 0).map((register) => ({ key: register, name: t(`register.${register}`), was: before.registers[register], is: after.registers[register] })),
    ...before.novels
      .map((novel, at) => ({ key: `novel ${at}`, name: novel.novel || t('noNovel'), was: novel.pairs, is: after.novels.find((other) => other.novel === novel.novel)?.pairs ?? 0 }))
      .sort((one, other) => other.was - one.was)
      .slice(0, shown),
  ]
  const share = (count: number, of: number) => format.number(of === 0 ? 0 : count / of, { style: 'percent', maximumFractionDigits: 1 })
  return (
    <section aria-label={t('composition')} aria-live="polite" className="grid gap-3 rounded-base bg-wash px-4 py-3">
      <p className="m-0 flex flex-wrap gap-x-5 gap-y-1">
        <span className="font-semibold">{t('split', { training: format.number(preview.training), validation: format.number(preview.validation) })}</span>
        <span className="text-muted">{t('length', { count: after.characters })}</span>
        <span className="text-muted">{t('endings', { count: after.endings, share: share(after.endings, after.pairs) })}</span>
      </p>
      <p className="m-0 flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted empty:hidden">
        {reasons.filter((reason) => preview.leftOut[reason] > 0).map((reason) => (
          <span key={reason}>{t(`leftOut.${reason}`, { count: preview.leftOut[reason] })}</span>
        ))}
      </p>
      {children}
      {isValidationMissing(preview, validationShare) && <p className="m-0 text-gamboge-text">{t('noValidation', { share: share(validationShare, 1) })}</p>}
      <details>
        <summary className="text-sm">{t('shares')}</summary>
        <div role="region" aria-label={t('shares')} tabIndex={0} className="mt-2 max-w-[44em] overflow-x-auto">
          <table className="w-full border-collapse text-sm">
            <thead>
              <tr className="text-left text-xs text-muted">
                <th scope="col" className="py-1 pr-3 font-normal">{t('field.novel')}</th>
                <th scope="col" className="py-1 pr-3 text-right font-normal">{t('balanceBefore')}</th>
                <th scope="col" className="py-1 text-right font-normal">{t('balanceAfter')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.key} className="border-t border-line">
                  <td className="py-1 pr-3">{row.name}</td>
                  <td className="py-1 pr-3 text-right whitespace-nowrap tabular-nums">{`${format.number(row.was)} · ${share(row.was, before.pairs)}`}</td>
                  <td className="py-1 text-right whitespace-nowrap tabular-nums">{`${format.number(row.is)} · ${share(row.is, after.pairs)}`}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  )
}
