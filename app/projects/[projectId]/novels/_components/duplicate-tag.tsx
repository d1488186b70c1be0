import { getTranslator } from '@/app/_i18n/server'
import { Link } from '@/app/_ui/link'
import { Tag } from '@/app/_ui/tag'

/** That a novel, or some of its chapters, is there more than once; leads to where that is decided. */
export async function DuplicateTag({ projectId, duplicates }: { projectId: string; duplicates: { novel: boolean; chapters: number } | undefined }) {
  if (!duplicates) return null
  const t = await getTranslator('duplicates')
  return (
    <Link href={`/projects/${projectId}/novels/duplicates?level=${duplicates.novel ? 'novel' : 'chapter'}`} className="ml-2 no-underline">
      <Tag kind="warn">{duplicates.novel ? t('markNovel') : t('markChapters', { count: duplicates.chapters })}</Tag>
    </Link>
  )
}
