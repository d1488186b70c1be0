import { headingWords } from '@/app/_novels/heading-words'
import { getTranslator } from '@/app/_i18n/server'
import { Link } from '@/app/_ui/link'
import { Prose } from '@/app/_ui/prose'
import type { PairDetail } from '@/lib/stages/pairs/detail'

/** A pair's passage where it stands: the text before and after it faint, and the way to that place in the book. */
export async function PassageInPlace({ projectId, pair }: { projectId: string; pair: PairDetail }) {
  const [t, novels] = await Promise.all([getTranslator('pairs'), getTranslator('novels')])
  const ui = await getTranslator('ui')
  const place = [pair.novel, headingWords(pair.chapter, ui('front'))].filter(Boolean).join(' · ')
  const register = pair.register === 'modern' || pair.register === 'early_vernacular' || pair.register === 'classical' ? novels(`register.${pair.register}`) : ''
  return (
    <div className="min-w-0">
      <p className="mt-0 mb-3 flex flex-wrap items-baseline gap-x-3 text-sm text-muted">
        {pair.novelId === null || pair.chapterId === null ? (
          <span>{[place, pair.line === null ? '' : t('lineOf', { line: pair.line })].filter(Boolean).join(' · ')}</span>
        ) : (
          <Link href={`/projects/${projectId}/novels/${pair.novelId}?chapter=${pair.chapterId}&passage=${pair.ordinal}#passage-${pair.ordinal + 1}`} className="text-muted underline decoration-line underline-offset-4 hover:text-ink">
            {t('inBook', { place })}
          </Link>
        )}
        <span>{t('length', { count: pair.characters })}</span>
        <span>{register}</span>
      </p>
      {pair.before.trim() !== '' && (
        <div aria-label={t('before')} role="group" className="pl-[18px] text-muted">
          <Prose text={`…${pair.before}`} className="!text-[15px]" />
        </div>
      )}
      <div className="my-2 border-l-2 border-seal pl-4">
        <Prose text={pair.passage} />
      </div>
      {pair.after.trim() !== '' && (
        <div aria-label={t('after')} role="group" className="pl-[18px] text-muted">
          <Prose text={`${pair.after}…`} className="!text-[15px]" />
        </div>
      )}
    </div>
  )
}
