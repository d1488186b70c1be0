import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ChapterAside } from '@/app/projects/[projectId]/novels/[novelId]/_components/chapter-aside'
import { ChapterList } from '@/app/projects/[projectId]/novels/[novelId]/_components/chapter-list'
import { ChapterText } from '@/app/projects/[projectId]/novels/[novelId]/_components/chapter-text'
import { decideOnNovel } from '@/app/projects/[projectId]/novels/actions'
import { readingPart } from '@/app/projects/[projectId]/novels/[novelId]/_reading'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getTranslator } from '@/app/_i18n/server'
import { Choice } from '@/app/_ui/choice'
import { EmptyState } from '@/app/_ui/empty-state'
import { PageHead } from '@/app/_ui/page-head'
import { findNovel, readChapter, roleSchema, takingSchema } from '@/lib/stages/novels'
import { cutsOfChapter } from '@/lib/stages/passages'

type Props = {
  params: Promise<{ projectId: string; novelId: string }>
  searchParams: Promise<{ chapter?: string; part?: string; passage?: string }>
}

const takings = takingSchema.options
const roles = roleSchema.options

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const novel = await novelOf(await params)
  return { title: novel?.title }
}

/** A novel as a book: its chapters, the text of one with the cuts of its passages, and what was measured of it. */
export default async function NovelPage({ params, searchParams }: Props) {
  const { projectId, novelId } = await params
  const query = await searchParams
  const novel = await novelOf({ projectId, novelId })
  if (!novel) notFound()
  const entry = novel.chapters.find((chapter) => String(chapter.id) === query.chapter) ?? novel.chapters[0]
  const [t, chapter, cuts] = await Promise.all([getTranslator('novels'), entry ? readChapter(entry.id) : null, entry ? cutsOfChapter(entry.id) : []])
  const here = `/projects/${projectId}/novels/${novelId}`
  const passage = cuts.find((cut) => String(cut.ordinal) === query.passage)
  const part = chapter && readingPart(chapter.text, cuts, passage ? { passageStart: passage.start } : { part: Number(query.part) || 1 })
  return (
    <ClientMessages areas={['novels']}>
      <PageHead
        title={novel.title}
        note={t('size', { characters: novel.characters, chapters: novel.chapters.length })}
        actions={
          <>
            <Choice label={t('taking')} name="taking" value={novel.taking} options={takings.map((value) => ({ value, label: t(`takings.${value}`) }))} action={decideOnNovel} values={{ projectId, novelId: novel.id }} />
            <Choice label={t('role')} name="role" value={novel.role} options={roles.map((value) => ({ value, label: t(`roles.${value}`) }))} action={decideOnNovel} values={{ projectId, novelId: novel.id }} />
          </>
        }
      />
      {!entry || !part ? (
        <EmptyState>{t('noChapters')}</EmptyState>
      ) : (
        <div className="grid gap-x-12 gap-y-6 lg:grid-cols-[190px_minmax(0,1fr)] xl:grid-cols-[190px_minmax(0,1fr)_230px]">
          <ChapterList chapters={novel.chapters} current={entry.id} href={here} />
          <ChapterText chapters={novel.chapters} current={entry.id} part={part} href={here} />
          <ChapterAside projectId={projectId} chapter={entry} cuts={cuts} />
        </div>
      )}
    </ClientMessages>
  )
}

async function novelOf({ projectId, novelId }: { projectId: string; novelId: string }) {
  return /^\d{1,9}$/.test(novelId) ? findNovel(projectId, Number(novelId)) : null
}
