import type { Block } from '@/app/projects/[projectId]/novels/[novelId]/_reading'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { cx } from '@/app/_ui/cx'
import { Prose } from '@/app/_ui/prose'

/** Paragraphs of a chapter set for reading, with a mark where each passage begins. */
export async function ReadingBlocks({ blocks }: { blocks: readonly Block[] }) {
  const [t, { number }] = await Promise.all([getTranslator('novels'), getFormatter()])
  return (
    <Prose>
      {blocks.map((block, index) => {
        if (block.kind === 'paragraph') {
          return (
            <p key={index} className={cx(!block.begins && '!indent-0')}>
              {block.text}
            </p>
          )
        }
        if (block.kind === 'end') return <div key={index} aria-hidden className="my-4 border-t border-dashed border-line" />
        const { ordinal, start, end } = block.cut
        return (
          <div key={index} id={`passage-${ordinal + 1}`} className="my-4 flex scroll-mt-20 items-center gap-2 font-sans text-xs">
            <span className={block.midParagraph ? 'text-gamboge-text' : 'text-muted'}>
              {t('cut', { ordinal: number(ordinal + 1), characters: number(end - start) })}
              {block.midParagraph && ` · ${t('midParagraph')}`}
            </span>
            <span aria-hidden className="flex-1 border-t border-dashed border-line" />
          </div>
        )
      })}
    </Prose>
  )
}
