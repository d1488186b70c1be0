import { ReadingBlocks } from '@/app/projects/[projectId]/novels/_components/reading-blocks'
import { readingPart } from '@/app/projects/[projectId]/novels/[novelId]/_reading'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { binsOf } from '@/app/_ui/bins'
import { Facts } from '@/app/_ui/facts'
import { Histogram } from '@/app/_ui/histogram'
import type { PassageSample } from '@/lib/stages/passage-sample'

/** Passages of a chapter whose text is shown. */
const shownPassages = 4

/** What the settings would give: figures and lengths of a sample, and the text of one chapter with its cuts. */
export async function Sample({ sample, limit }: { sample: PassageSample; limit: number | null }) {
  const [t, { number }] = await Promise.all([getTranslator('passages'), getFormatter()])
  const lengths = [...sample.lengths].sort((a, b) => a - b)
  const count = limit === null ? sample.estimate : Math.min(limit, sample.estimate)
  const drawn = limit !== null && limit < sample.estimate
  return (
    <section aria-labelledby="sample" className="min-w-0">
      <h2 id="sample" className="mt-0 mb-3 text-base font-semibold">
        {t('sample')}
      </h2>
      <Facts
        facts={[
          { label: t('expected'), value: t('about', { count }), hint: drawn ? t('drawnOf', { count: sample.estimate }) : t('fromChapters', { count: sample.chapters }) },
          { label: t('shortest'), value: number(lengths[0] ?? 0) },
          { label: t('median'), value: number(lengths[Math.floor(lengths.length / 2)] ?? 0) },
          { label: t('longest'), value: number(lengths.at(-1) ?? 0) },
          { label: t('endMid'), value: number(sample.midParagraph / Math.max(1, lengths.length), { style: 'percent', maximumFractionDigits: 0 }), hint: t('endMidHint') },
        ]}
      />
      <div className="mb-6 max-w-[520px]">
        <Histogram label={t('lengths')} unit={t('charactersUnit')} bins={binsOf(lengths, 24)} />
      </div>
      {sample.shown && <ReadingBlocks blocks={beginning(sample.shown)} />}
    </section>
  )
}

function beginning({ text, passages }: NonNullable<PassageSample['shown']>) {
  const first = passages.slice(0, shownPassages)
  const cuts = first.map(({ start, end, endsAt }, ordinal) => ({ ordinal, start, end, midParagraph: endsAt !== 'paragraph' }))
  return readingPart(text.slice(0, first.at(-1)?.endUnit ?? 0), cuts, { part: 1 }).blocks
}
