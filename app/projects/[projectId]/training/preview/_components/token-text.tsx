import { getTranslator } from '@/app/_i18n/server'
import { cx } from '@/app/_ui/cx'
import type { TrainingPreview } from '@/lib/stages/training/preview'

const mostPieces = 4000
const parts = ['prompt', 'answer', 'cut'] as const

// Not told apart by colour alone: what is learned is underlined, what is cut off is struck through.
const looks = {
  prompt: ['bg-wash text-muted', 'bg-raised text-muted'],
  answer: ['bg-azurite/15 underline decoration-azurite underline-offset-4', 'bg-azurite/5 underline decoration-azurite underline-offset-4'],
  cut: ['bg-seal/10 text-seal line-through', 'bg-seal/5 text-seal line-through'],
} as const satisfies Record<(typeof parts)[number], readonly [string, string]>

/** The pair's tokens in their order, neighbours in two shades, with a legend. */
export async function TokenText({ preview }: { preview: TrainingPreview }) {
  const t = await getTranslator('training')
  const pieces = parts.flatMap((part) => preview[part].map((piece) => ({ ...piece, part })))
  return (
    <div className="grid gap-3">
      <ul className="m-0 flex list-none flex-wrap gap-x-5 gap-y-1 p-0 text-sm">
        {parts.map((part) => (part !== 'cut' || preview.cut.length > 0) && <li key={part}><span className={cx('rounded-sm px-1', looks[part][0])}>{t(`preview.${part}`)}</span></li>)}
        <li><span className="rounded-sm border border-edge px-1 font-mono text-xs">{'<…>'}</span> {t('preview.special')}</li>
      </ul>
      <div className="rounded-base border border-line bg-raised p-4 font-serif text-[17px] leading-loose [overflow-wrap:anywhere]" lang="zh">
        {pieces.slice(0, mostPieces).map(({ text, ids, special, part }, at) => (
          <span key={at}>
            <span title={t('preview.ids', { ids: ids.join(' + ') })} className={cx(looks[part][at % 2 === 0 ? 0 : 1], special && 'mx-0.5 rounded-sm border border-edge px-1 font-mono text-xs', 'whitespace-pre-wrap')}>
              {special ? text : text.replaceAll('\n', '↵')}
            </span>
            {!special && text.includes('\n') && <br />}
          </span>
        ))}
      </div>
      {pieces.length > mostPieces && <p className="m-0 text-sm text-muted">{t('preview.longer', { shown: mostPieces })}</p>}
    </div>
  )
}
