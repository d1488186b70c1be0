import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { ChangeHistory } from '@/app/projects/[projectId]/novels/[novelId]/_components/change-history'
import { ClutterPanel } from '@/app/projects/[projectId]/novels/[novelId]/_components/clutter-panel'
import { Reader, type Start } from '@/app/projects/[projectId]/novels/[novelId]/_components/reader'
import type { ChapterLine } from '@/app/projects/[projectId]/novels/[novelId]/_layout'
import { partAt, partCount } from '@/app/projects/[projectId]/novels/[novelId]/_parts'
import { type ReadWindow, readWindow } from '@/app/projects/[projectId]/novels/[novelId]/_window'
import { decideOnNovel } from '@/app/projects/[projectId]/novels/actions'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'
import { Choice } from '@/app/_ui/choice'
import { EmptyState } from '@/app/_ui/empty-state'
import { PageHead } from '@/app/_ui/page-head'
import { chapterInPlaceOf } from '@/lib/stages/novels/chapters'
import { clutterByNovel } from '@/lib/stages/novels/clutter'
import { roleSchema, takingSchema } from '@/lib/stages/novels/novels'
import { findNovelLines, placeIn } from '@/lib/stages/novels/reading'
import { passageStart } from '@/lib/stages/novels/reading-start'
import { listRevisions } from '@/lib/stages/novels/revisions'
import { type ClutterKind, clutterKinds } from '@/lib/text/clutter'

type Query = { chapter?: string; passage?: string; at?: string; find?: string; clutter?: string }
type Props = { params: Promise<{ projectId: string; novelId: string }>; searchParams: Promise<Query> }

const takings = takingSchema.options
const roles = roleSchema.options
const partsAtFirst = 8

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { projectId, novelId } = await params
  return { title: (await novelOf(projectId, novelId))?.title }
}

/** A novel as a book: its chapters, its text with the cuts of its passages, and what was measured of it. */
export default async function NovelPage({ params, searchParams }: Props) {
  const { projectId, novelId } = await params
  const novel = await novelOf(projectId, novelId)
  if (!novel) notFound()
  const query = await searchParams
  const [t, words, library, revisions, start, clutter] = await Promise.all([
    getTranslator('reading'),
    getTranslator('novels'),
    getTranslator('library'),
    listRevisions(novel.id),
    startOf(projectId, novel, query),
    clutterByNovel(projectId, novel.id),
  ])
  const counts = clutter.get(novel.id) ?? {}
  const kind = clutterKinds.find((each) => each === query.clutter)
  const most = clutterKinds.reduce<ClutterKind | null>((best, each) => ((counts[each] ?? 0) > (best ? (counts[best] ?? 0) : 0) ? each : best), null)
  const window: ReadWindow | null = start && (await readWindow(novel.id, start.chapterId, Math.max(0, start.part - 1), partsAtFirst))
  return (
    <ClientMessages areas={['novels', 'reading', 'library']}>
      <PageHead
        title={novel.title}
        note={words('size', { characters: novel.characters, chapters: novel.chapters.length })}
        actions={
          <>
            {most && !kind && (
              <LinkButton small kind="quiet" href={`/projects/${projectId}/novels/${novelId}?clutter=${most}`}>
                {library('clutterOf', { count: Object.values(counts).reduce((sum, count) => sum + count, 0) })}
              </LinkButton>
            )}
            <ChangeHistory projectId={projectId} revisions={revisions} />
            <Choice label={words('taking')} name="taking" value={novel.taking} options={takings.map((value) => ({ value, label: words(`takings.${value}`) }))} action={decideOnNovel} values={{ projectId, novelId: novel.id }} />
            <Choice label={words('role')} name="role" value={novel.role} options={roles.map((value) => ({ value, label: words(`roles.${value}`) }))} action={decideOnNovel} values={{ projectId, novelId: novel.id }} />
          </>
        }
      />
      {kind && <ClutterPanel projectId={projectId} novelId={novel.id} kind={kind} counts={counts} />}
      {!start || !window ? (
        <EmptyState>{words('noChapters')}</EmptyState>
      ) : (
        <Reader
          projectId={projectId}
          novelId={novel.id}
          href={`/projects/${projectId}/novels/${novelId}`}
          chapters={novel.chapters}
          window={window}
          start={start}
          notice={start.moved && <p className="mt-0 mb-2 text-sm text-gamboge-text">{t('movedHere')}</p>}
        />
      )}
    </ClientMessages>
  )
}

const novelOf = cache(async (projectId: string, novelId: string) => (/^\d{1,9}$/.test(novelId) ? findNovelLines(projectId, Number(novelId)) : null))

/** Where to open: at what the URL names, else where it was last read, else at the beginning. */
async function startOf(projectId: string, novel: { id: number; readPlace: number | null; chapters: ChapterLine[] }, query: Query): Promise<(Start & { moved: boolean }) | null> {
  const first = novel.chapters[0]
  if (!first) return null
  const lineOf = (id: number) => novel.chapters.find((chapter) => chapter.id === id)
  const read = placeIn(novel.chapters, novel.readPlace)
  const asked = /^\d{1,9}$/.test(query.chapter ?? '') ? Number(query.chapter) : null
  const key = `${query.chapter ?? ''} ${query.passage ?? ''} ${query.at ?? ''} ${query.find ?? ''}`
  const whereRead = read && { chapterId: read.chapterId, part: partOf(read.share, lineOf(read.chapterId)?.characters ?? 0) }
  if (asked === null) return { ...(whereRead ?? { chapterId: first.id, part: 0 }), key, moved: false }
  const active = lineOf(asked)
  if (!active) {
    const now = await chapterInPlaceOf(projectId, asked)
    return { chapterId: now?.id ?? first.id, part: 0, key, moved: now !== null && (query.passage !== undefined || query.at !== undefined) }
  }
  const passage = /^\d{1,9}$/.test(query.passage ?? '') ? Number(query.passage) : undefined
  const at = passage === undefined ? (/^\d{1,9}$/.test(query.at ?? '') ? Number(query.at) : undefined) : await passageStart(asked, passage)
  if (at !== undefined) return { chapterId: asked, part: partAt(at, active.characters), at, passage, find: query.find?.slice(0, 100) || undefined, key, moved: false }
  return { ...(whereRead?.chapterId === asked ? whereRead : { chapterId: asked, part: 0 }), key, moved: false }
}

/** The part that a share of a chapter was kept for; the share went through a sum and back, so it may be a hair less. */
function partOf(share: number, characters: number): number {
  return Math.floor(share * partCount(characters) + 1e-6)
}
