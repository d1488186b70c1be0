import { errorSentence } from '@/app/_i18n/error-sentence'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { Panel } from '@/app/_ui/panel'
import { Tag } from '@/app/_ui/tag'
import { addressesOf } from '@/lib/stages/stories/addresses'
import type { StoryRunWithJob } from '@/lib/stages/stories/stories'

/** Of an endpoint with several addresses: how many stories each wrote, and, while the run goes on, which is away and why. */
export async function RunAddresses({ run }: { run: StoryRunWithJob }) {
  const [t, { number }, addresses] = await Promise.all([getTranslator('story-tries'), getFormatter(), addressesOf(run)])
  if (addresses.length < 2) return null
  const reasons = new Map(await Promise.all(addresses.flatMap(({ url, away }) => (away ? [errorSentence(away.errorCode, away.errorParams).then((why) => [url, why] as const)] : []))))
  return (
    <Panel title={t('addresses')}>
      <ul className="m-0 grid list-none gap-2 p-0 text-sm">
        {addresses.map(({ url, stories }) => (
          <li key={url} className="grid gap-0.5">
            <span className="flex flex-wrap items-baseline justify-between gap-x-3">
              <code className="[overflow-wrap:anywhere]">{url}</code>
              <span className="flex items-center gap-2 tabular-nums">
                {reasons.has(url) && <Tag kind="warn">{t('addressAway')}</Tag>}
                {t('wroteStories', { count: stories, shown: number(stories) })}
              </span>
            </span>
            {reasons.has(url) && <span className="text-muted [overflow-wrap:anywhere]">{reasons.get(url)}</span>}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
