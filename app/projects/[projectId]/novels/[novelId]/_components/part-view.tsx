'use client'

import { memo, type ReactNode } from 'react'
import { useTranslations } from 'use-intl/react'
import type { Mark, ReadPart } from '@/app/projects/[projectId]/novels/[novelId]/_parts'
import { cx } from '@/app/_ui/cx'
import { codePoints } from '@/lib/text/counts'
import { literalPattern } from '@/lib/text/literal-pattern'

export type Found = { words: string; current: number | null }

/** One part of the text: its paragraphs with the marks in them, and the passages' cuts between. */
export const PartView = memo(function PartView(props: { part: ReadPart; found: Found | null; splitting: boolean; onSplit: (chapterId: number, at: number, line: string) => void }) {
  const t = useTranslations('reading')
  const { part, found, splitting, onSplit } = props
  return part.blocks.map((block, index) => {
    if (block.kind === 'end') return <div key={index} aria-hidden className="my-4 border-t border-dashed border-line" />
    if (block.kind === 'cut') {
      const { ordinal, start, end } = block.cut
      return (
        <div key={index} id={`passage-${ordinal + 1}`} className="my-4 flex items-center gap-2 font-sans text-xs">
          <span className={block.midParagraph ? 'text-gamboge-text' : 'text-muted'}>
            {t('cut', { ordinal: ordinal + 1, characters: end - start })}
            {block.midParagraph && ` · ${t('midParagraph')}`}
          </span>
          <span aria-hidden className="flex-1 border-t border-dashed border-line" />
        </div>
      )
    }
    const drawn = paragraphOf(block.text, block.at, block.marks, found, (kind) => t(`clutter.${kind}`))
    return (
      <div key={index} data-at={block.at} className={cx(splitting && 'md:grid md:grid-cols-[minmax(0,1fr)_7.5rem] md:gap-x-3')}>
        <p className={cx(!block.begins && '!indent-0')}>{drawn}</p>
        {splitting && block.begins && block.at > 0 && (
          <button
            type="button"
            onClick={() => onSplit(part.chapterId, block.at, block.text)}
            className="max-md:mb-1 max-md:block max-md:w-fit md:order-last md:mt-1 md:self-start md:justify-self-end rounded-base border border-line bg-raised px-2 font-sans text-xs leading-6 text-muted hover:text-ink focus-visible:text-ink"
          >
            {t('splitHere')}
          </button>
        )}
      </div>
    )
  })
})

type Piece = { from: number; to: number; kind?: Mark['kind']; hit?: 'one' | 'current' }

/** A paragraph's text with what is marked in it: clutter, and the words that are looked for. */
function paragraphOf(text: string, at: number, marks: readonly Mark[], found: Found | null, nameOf: (kind: Mark['kind']) => string): ReactNode {
  const pattern = found ? literalPattern(found.words) : undefined
  const hits = pattern ? [...text.matchAll(pattern)].map((match) => ({ from: match.index, to: match.index + match[0].length })) : []
  if (marks.length === 0 && hits.length === 0) return text
  const edges = [...new Set([0, text.length, ...marks.flatMap(({ from, to }) => [from, to]), ...hits.flatMap(({ from, to }) => [from, to])])].sort((one, other) => one - other)
  const pieces = edges.slice(0, -1).map((from, index): Piece => {
    const to = edges[index + 1] ?? text.length
    const hit = hits.find((each) => each.from <= from && each.to >= to)
    const isCurrent = hit !== undefined && found?.current === at + codePoints(text.slice(0, hit.from))
    return { from, to, kind: marks.find((mark) => mark.from <= from && mark.to >= to)?.kind, hit: hit && (isCurrent ? 'current' : 'one') }
  })
  return pieces.map(({ from, to, kind, hit }) => {
    const words = text.slice(from, to)
    if (hit) return <mark key={from} data-current={hit === 'current' || undefined} className={cx(hit === 'current' && '!bg-seal !text-on-seal')}>{words}</mark>
    if (kind) return <mark key={from} title={nameOf(kind)} data-clutter={kind} className="!bg-transparent underline decoration-plum decoration-wavy decoration-1 underline-offset-4">{words}</mark>
    return words
  })
}
