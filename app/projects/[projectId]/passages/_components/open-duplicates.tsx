import { getTranslator } from '@/app/_i18n/server'
import { Link } from '@/app/_ui/link'
import { Tag } from '@/app/_ui/tag'
import { countOpenDuplicates } from '@/lib/stages/novels/duplicate-groups'

/** Says that texts which repeat one another take part without anyone's decision, and leads to where it is made; nothing where there are none. */
export async function OpenDuplicates({ projectId }: { projectId: string }) {
  const [t, count] = await Promise.all([getTranslator('passages'), countOpenDuplicates(projectId)])
  if (count === 0) return null
  return (
    <p className="mt-0 mb-5 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      <Tag kind="warn">{t('duplicatesOpen', { count })}</Tag>
      <Link href={`/projects/${projectId}/novels/duplicates`} className="underline decoration-line underline-offset-4 hover:decoration-current">{t('toDuplicates')}</Link>
    </p>
  )
}
