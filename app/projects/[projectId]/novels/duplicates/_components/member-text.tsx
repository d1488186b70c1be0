import { getTranslator } from '@/app/_i18n/server'
import { Prose } from '@/app/_ui/prose'
import { differenceOf, paragraphDifferences, type Piece } from '@/lib/text/differences'

/** Differences of a chapter that are shown; the others are counted. */
const most = 6

type Props = { level: 'chapter' | 'passage'; first: string | undefined; second: string | undefined; own: string | undefined; isFirst: boolean }

/** A text with what it has alone marked: against the first, and the first against the second. Of a chapter only what differs. */
export async function MemberText({ level, first, second, own, isFirst }: Props) {
  const t = await getTranslator('duplicates')
  const other = isFirst ? second : first
  if (own === undefined || other === undefined) return <p className="m-0 text-sm text-muted">{t('tooLong')}</p>
  const side = isFirst ? 'first' : 'other'
  const [before, after] = isFirst ? [own, other] : [other, own]
  if (level === 'passage') return <Prose className="max-h-[28em] overflow-y-auto !text-base"><Pieces pieces={differenceOf(before, after)[side]} /></Prose>
  const parts = paragraphDifferences(before, after)
  const differing = parts.filter((part) => 'first' in part).length
  if (differing === 0) return <p className="m-0 text-sm text-muted">{t('noDifference')}</p>
  const last = parts.findIndex((part, at) => 'first' in part && parts.slice(0, at).filter((each) => 'first' in each).length === most)
  return (
    <>
      {parts.slice(0, last === -1 ? parts.length : last).map((part, at) =>
        'same' in part ? (
          <p key={at} className="my-2 text-sm text-muted">
            … {t('same', { count: part.same })}
          </p>
        ) : (
          <Prose key={at} className="!text-base">
            {part[side].length > 0 ? <Pieces pieces={part[side]} /> : <p className="text-muted">{t('absent')}</p>}
          </Prose>
        ),
      )}
      {differing > most && <p className="mt-2 mb-0 text-sm text-muted">{t('moreDifferences', { count: differing - most })}</p>}
    </>
  )
}

/** Pieces as paragraphs, with a mark around what stands alone. */
function Pieces({ pieces }: { pieces: readonly Piece[] }) {
  const lines: Piece[][] = [[]]
  for (const piece of pieces) {
    for (const [at, text] of piece.text.split('\n').entries()) {
      if (at > 0) lines.push([])
      if (text !== '') lines.at(-1)?.push({ text, alone: piece.alone })
    }
  }
  return lines
    .filter((line) => line.length > 0)
    .map((line, at) => <p key={at}>{line.map(({ text, alone }, index) => (alone ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>))}</p>)
}
