import { headingWords } from '@/app/_novels/heading-words'
import { Link } from '@/app/_ui/link'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { Prose } from '@/app/_ui/prose'
import type { PassageEntry } from '@/lib/stages/passages/passages'

/** The passage of a pair: where it comes from, and its text. `folded` shows its beginning, the rest on demand. */
export async function PairPassage({ projectId, passage, folded = false }: { projectId: string; passage: PassageEntry; folded?: boolean }) {
  const [t, { number }] = await Promise.all([getTranslator('pairs'), getFormatter()])
  const ui = await getTranslator('ui')
  const place = passage.chapter ? `${passage.novel} · ${headingWords(passage.chapter, ui('front'))}` : passage.novel
  return (
    <div className="min-w-0">
      <p className="mt-0 mb-2 flex flex-wrap gap-x-3 text-sm text-muted">
        <span className="font-semibold text-ink">{number(passage.ordinal + 1)}</span>
        <Link href={`/projects/${projectId}/novels/${passage.novelId}?chapter=${passage.chapterId}&passage=${passage.ordinal}#passage-${passage.ordinal + 1}`} className="text-muted underline decoration-line underline-offset-4 hover:text-ink">
          {place}
        </Link>
        <span>{t('length', { count: passage.characters })}</span>
      </p>
      {folded ? (
        <details className="group">
          <summary className="list-none">
            <span lang="zh-CN" className="prose line-clamp-3 !text-[15px] group-open:hidden">
              {passage.text.replaceAll('\n', ' ')}
            </span>
            <span className="text-sm text-muted underline underline-offset-4">
              <span className="group-open:hidden">{t('whole')}</span>
              <span className="hidden group-open:inline">{t('fold')}</span>
            </span>
          </summary>
          <Prose text={passage.text} className="mt-2 !text-[15px]" />
        </details>
      ) : (
        <Prose text={passage.text} />
      )}
    </div>
  )
}
