'use client'

import { Check } from 'lucide-react'
import { useTranslations } from 'use-intl/react'
import { cx } from '@/app/_ui/cx'
import { FlawTags } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/flaw-tags'
import type { ShownStory } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/use-story'

/** The tries of a row beside each other, the chosen one marked; one is shown. */
export function TryStrip({ story, shown, onShow, label }: { story: ShownStory; shown: number; onShow: (number: number) => void; label: string }) {
  const t = useTranslations('story-tries')
  const stories = useTranslations('stories')
  return (
    <div className="grid gap-1.5">
      <div role="group" aria-label={t('triesOf', { story: label })} className="flex flex-wrap gap-2">
        {story.tries.map((each) => (
          <button
            key={each.number}
            type="button"
            aria-pressed={each.number === shown}
            onClick={() => onShow(each.number)}
            className={cx('inline-flex min-h-8 flex-wrap items-center gap-x-2 rounded-base border px-2.5 text-sm hover:bg-wash', each.number === shown ? 'border-ink' : 'border-line')}
          >
            {each.number === story.tryNumber && <Check size={14} aria-label={t('chosen')} className="text-malachite-text" />}
            <span>{t(`kind.${each.kind}`, { number: each.number, from: each.fromNumber ?? 0 })}</span>
            <span className="text-muted">{stories('characters', { count: each.characters })}</span>
            <FlawTags flaws={each.flaws} refused={each.outcome === 'refused'} />
          </button>
        ))}
      </div>
      <p className="m-0 text-sm text-muted">{story.chosenByPerson ? t('chosenByPerson') : t('chosenByMeasures')}</p>
    </div>
  )
}
