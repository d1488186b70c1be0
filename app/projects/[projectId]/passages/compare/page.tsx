import { headingWords } from '@/app/_novels/heading-words'
import type { Metadata } from 'next'
import { readingPart } from '@/app/projects/[projectId]/novels/[novelId]/_reading'
import { ReadingBlocks } from '@/app/projects/[projectId]/novels/_components/reading-blocks'
import { ComparePicker } from '@/app/_ui/compare-picker'
import { ViewChoice } from '@/app/projects/[projectId]/passages/_components/view-choice'
import { Differences } from '@/app/projects/[projectId]/passages/compare/_components/differences'
import { setNameOf } from '@/app/_passages/set-name'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getTranslator } from '@/app/_i18n/server'
import { axisOf, binsOn } from '@/app/_ui/bins'
import { LinkButton } from '@/app/_ui/button'
import { Histogram } from '@/app/_ui/histogram'
import { PageHead } from '@/app/_ui/page-head'
import { Pages } from '@/app/_ui/pages'
import { comparedChapters, cutsOfSet, identicalPassages } from '@/lib/stages/passages/compare'
import { chapterTexts } from '@/lib/stages/passages/scope'
import { findPassageSet, lengthTally, listPassageSets, type PassageSetWithJob } from '@/lib/stages/passages/passages'

type Query = { a?: string; b?: string; chapter?: string; part?: string }
type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<Query> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('passages'))('compareTwo') }
}

/** Two passage sets beside one another: settings, figures, lengths over each other, and one chapter as each cuts it. */
export default async function ComparePage({ params, searchParams }: Props) {
  const { projectId } = await params
  const query = await searchParams
  const [a, b] = await Promise.all([setOf(projectId, query.a), setOf(projectId, query.b)])
  if (!a || !b) return <ChooseTwo projectId={projectId} />
  const [t, identical, tallyA, tallyB] = await Promise.all([getTranslator('passages'), identicalPassages(a.id, b.id), lengthTally(a.id), lengthTally(b.id)])
  const axis = axisOf([tallyA, tallyB], 24)
  const isSame = identical === a.kept && identical === b.kept
  const [nameA, nameB] = [setNameOf(t, a), setNameOf(t, b)]
  return (
    <ClientMessages areas={['passages']}>
      <PageHead title={t('compareTwo')} note={`${nameA} / ${nameB}`} actions={<LinkButton small href={`/projects/${projectId}/passages#sets`}>{t('toSets')}</LinkButton>} />
      <div className="grid gap-x-12 gap-y-8 lg:grid-cols-2">
        <Differences a={a} b={b} identical={identical} />
        {axis && <Histogram label={t('lengths')} unit={t('charactersUnit')} name={nameA} bins={binsOn(axis, tallyA)} other={isSame ? undefined : { name: nameB, bins: binsOn(axis, tallyB) }} height={120} />}
      </div>
      <SideBySide sets={[a, b]} query={query} />
    </ClientMessages>
  )
}

/** Where no two finished sets are named: the choice of them. */
async function ChooseTwo({ projectId }: { projectId: string }) {
  const [t, sets] = await Promise.all([getTranslator('passages'), listPassageSets(projectId)])
  const here = `/projects/${projectId}/passages`
  const finished = sets.filter(({ job }) => job.state === 'succeeded').map((set) => ({ ordinal: set.ordinal, label: setNameOf(t, set) }))
  return (
    <ClientMessages areas={['passages']}>
      <PageHead title={t('compareTwo')} note={t('compareChoose')} actions={<LinkButton small href={`${here}#sets`}>{t('toSets')}</LinkButton>} />
      {finished.length > 1 ? (
        <ComparePicker href={`${here}/compare`} options={finished} words={{ compare: t('compare'), first: t('older'), second: t('newer') }} />
      ) : (
        <span className="text-sm text-muted">{t('compareNeedsTwo')}</span>
      )}
    </ClientMessages>
  )
}

async function SideBySide({ sets: [a, b], query }: { sets: readonly [PassageSetWithJob, PassageSetWithJob]; query: Query }) {
  const [t, chapters] = await Promise.all([getTranslator('passages'), comparedChapters(a.id, b.id)])
  const chapter = chapters.find((each) => String(each.id) === query.chapter) ?? chapters.find((each) => each.differs) ?? chapters[0]
  if (!chapter) return null
  const text = await textOf(chapter.id)
  const at = { part: Number(query.part) || 1 }
  const sides = await Promise.all([a, b].map(async (set) => ({ set, cuts: await cutsOfSet(set.id, chapter.id) })))
  const ui = await getTranslator('ui')
  const label = (each: (typeof chapters)[number]) => `${each.novel} · ${headingWords(each.heading, ui('front')) || t('untitled', { ordinal: each.ordinal + 1 })}${each.differs ? t('differs') : ''}`
  const href = (part: number) => `?${new URLSearchParams({ a: String(a.ordinal), b: String(b.ordinal), chapter: String(chapter.id), part: String(part) })}`
  return (
    <section aria-labelledby="side" className="mt-10">
      <div className="mb-4 flex flex-wrap items-center gap-x-5 gap-y-2">
        <h2 id="side" className="m-0 text-lg font-semibold">{t('sideBySide')}</h2>
        <span className="text-sm text-muted">{t('chaptersDiffer', { count: chapters.filter((each) => each.differs).length, total: chapters.length })}</span>
        <ViewChoice name="chapter" label={t('choosePlace')} value={String(chapter.id)} options={chapters.map((each) => ({ value: String(each.id), label: label(each) }))} clears={['part']} />
      </div>
      <div className="grid gap-x-8 gap-y-6 md:grid-cols-2">
        {sides.map(({ set, cuts }) => {
          const part = readingPart(text, cuts, at)
          return (
            <section key={set.id} aria-label={setNameOf(t, set)} className="min-w-0">
              <h3 className="mt-0 mb-2 text-base font-semibold">
                {setNameOf(t, set)} <span className="font-normal text-muted">{cuts.length === 0 ? t('notInSet') : t('found', { count: cuts.length })}</span>
              </h3>
              <ReadingBlocks blocks={part.blocks} />
            </section>
          )
        })}
      </div>
      <Pages page={readingPart(text, [], at).part} size={1} total={readingPart(text, [], at).parts} href={href} />
    </section>
  )
}

async function textOf(chapterId: number): Promise<string> {
  for await (const { text } of chapterTexts([chapterId])) return text
  return ''
}

async function setOf(projectId: string, ordinal: string | undefined): Promise<PassageSetWithJob | null> {
  const set = ordinal !== undefined && /^\d{1,9}$/.test(ordinal) ? await findPassageSet(projectId, Number(ordinal)) : null
  return set?.job.state === 'succeeded' ? set : null
}
