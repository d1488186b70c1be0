import { Copy, Search } from 'lucide-react'
import { getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'

/** What can be done over all the novels: looking for words, and for texts that are there twice. */
export async function LibraryTools({ projectId }: { projectId: string }) {
  const [search, duplicates] = await Promise.all([getTranslator('search'), getTranslator('duplicates')])
  return (
    <>
      <LinkButton small href={`/projects/${projectId}/search`}>
        <Search size={14} aria-hidden />
        {search('title')}
      </LinkButton>
      <LinkButton small href={`/projects/${projectId}/novels/duplicates`}>
        <Copy size={14} aria-hidden />
        {duplicates('title')}
      </LinkButton>
    </>
  )
}
