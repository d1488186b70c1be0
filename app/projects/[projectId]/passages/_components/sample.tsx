import { headingWords } from '@/app/_novels/heading-words'
import { ReadingBlocks } from '@/app/projects/[projectId]/novels/_components/reading-blocks'
import { medianOf, type Preview } from '@/app/projects/[projectId]/passages/_preview'
import { PlaceLinks } from '@/app/projects/[projectId]/passages/_components/place-links'
import { ViewChoice } from '@/app/projects/[projectId]/passages/_components/view-choice'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { binsOfTally } from '@/app/_ui/bins'
import { Facts } from '@/app/_ui/facts'
import { Histogram } from '@/app/_ui/histogram'
import { Pages } from '@/app/_ui/pages'
import type { CutPlace } from '@/lib/stages/passages/figures'

/** What the settings give of the novel that is open: figures and lengths, and one of its chapters with its cuts. `href` leads to another view of the same settings. */
export async function Sample({ preview, href }: { preview: Preview; href: (view: Record<string, number>) => string }) {
  const [t, { number }] = await Promise.all([getTranslator('passages'), getFormatter()])
  const { novels, novel, chapter, figures, part } = preview
  const ui = await getTranslator('ui')
  const headingOf = (each: { heading: string; ordinal: number }) => headingWords(each.heading, ui('front')) || t('untitled', { ordinal: each.ordinal + 1 })
  const places = (found: readonly CutPlace[]) => (
    <PlaceLinks places={found.map((each) => ({ href: `${href({ novel: novel.id, chapter: each.chapterId, at: each.start })}#passage-${each.ordinal + 1}`, text: number(each.characters) }))} />
  )
  return (
    <section aria-labelledby="sample" className="min-w-0">
      <div className="mb-4 flex flex-wrap items-center gap-x-5 gap-y-2">
        <h2 id="sample" className="m-0 mr-auto text-base font-semibold">{t('sample')}</h2>
        <ViewChoice name="novel" label={t('novel')} value={String(novel.id)} options={novels.map((each) => ({ value: String(each.id), label: each.title }))} clears={['chapter', 'at', 'part']} />
        <ViewChoice name="chapter" label={t('chapter')} value={String(chapter.id)} options={novel.chapters.map((each) => ({ value: String(each.id), label: headingOf(each) }))} clears={['at', 'part']} />
      </div>
      <Facts
        facts={[
          { label: t('cuts'), value: number(figures.passages), hint: t('sampleOf', { title: novel.title }) },
          { label: t('shortest'), value: places(figures.shortest.slice(0, 1)), hint: places(figures.shortest.slice(1)) },
          { label: t('median'), value: number(medianOf(figures)) },
          { label: t('longest'), value: places(figures.longest.slice(0, 1)), hint: places(figures.longest.slice(1)) },
          { label: t('midScene'), value: number(figures.midScene / Math.max(1, figures.passages), { style: 'percent', maximumFractionDigits: 0 }), hint: t('midSceneHint') },
          { label: t('ofEndings'), value: number(figures.endings) },
        ]}
      />
      <div className="mb-6 max-w-[520px]">
        <Histogram label={t('lengths')} unit={t('charactersUnit')} bins={binsOfTally(figures.lengths.map(([length, count]) => ({ length, count })), 24)} />
      </div>
      <div role="region" aria-label={t('textOf', { heading: headingOf(chapter) })} tabIndex={0} className="max-h-[62dvh] overflow-y-auto rounded-base border border-line bg-raised px-5 py-1">
        <ReadingBlocks blocks={part.blocks} />
        <Pages page={part.part} size={1} total={part.parts} href={(page) => href({ novel: novel.id, chapter: chapter.id, part: page })} />
      </div>
    </section>
  )
}
