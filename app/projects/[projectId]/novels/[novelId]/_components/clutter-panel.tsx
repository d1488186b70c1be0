import { headingWords } from '@/app/_novels/heading-words'
import { cleanHere, keepHere } from '@/app/projects/[projectId]/novels/[novelId]/actions'
import { reviseByFilter } from '@/app/projects/[projectId]/novels/bulk-actions'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { ActionForm } from '@/app/_ui/action-form'
import { buttonClass, LinkButton } from '@/app/_ui/button'
import { cx } from '@/app/_ui/cx'
import { Link } from '@/app/_ui/link'
import { SubmitButton } from '@/app/_ui/submit-button'
import { type ClutterCounts, type ClutterPlace, clutterPlaces } from '@/lib/stages/novels/clutter'
import { type ClutterKind, clutterKinds } from '@/lib/text/clutter'

const shown = 200

/** The clutter of a novel, a kind at a time: every place in its words, to be seen, removed or kept. */
export async function ClutterPanel({ projectId, novelId, kind, counts }: { projectId: string; novelId: number; kind: ClutterKind; counts: ClutterCounts }) {
  const here = `/projects/${projectId}/novels/${novelId}`
  const [t, reading, { number }, { total, places }] = await Promise.all([getTranslator('library'), getTranslator('reading'), getFormatter(), clutterPlaces(novelId, kind, { take: shown, skip: 0 })])
  return (
    <section aria-label={t('panel')} className="mb-4 border-y border-line py-3">
      <div className="mb-2 flex flex-wrap items-center gap-2 text-sm">
        <h2 className="m-0 mr-2 text-base font-semibold">{t('panel')}</h2>
        {clutterKinds
          .filter((each) => (counts[each] ?? 0) > 0)
          .map((each) => (
            <Link key={each} href={`${here}?clutter=${each}`} scroll={false} aria-current={each === kind ? 'true' : undefined} className={cx('rounded-pill border px-2.5 py-0.5 no-underline', each === kind ? 'border-ink text-ink' : 'border-line text-muted hover:text-ink')}>
              {reading(`clutter.${each}`)} {number(counts[each] ?? 0)}
            </Link>
          ))}
        <span className="ml-auto flex items-center gap-2">
          {total > 0 && (
            <ActionForm action={reviseByFilter} values={{ projectId, kind: 'clean', kinds: kind, novels: novelId }}>
              <SubmitButton small>{t('removeAll', { count: total })}</SubmitButton>
            </ActionForm>
          )}
          <LinkButton small kind="quiet" href={here} scroll={false}>
            {t('close')}
          </LinkButton>
        </span>
      </div>
      {total === 0 && <p className="m-0 text-sm text-muted">{t('panelNone')}</p>}
      {total > places.length && <p className="m-0 mb-1 text-sm text-muted">{t('placesShown', { shown: places.length, total })}</p>}
      <ul aria-label={reading(`clutter.${kind}`)} tabIndex={0} className="m-0 max-h-52 list-none overflow-y-auto p-0 text-sm">
        {places.map((place) => (
          <li key={`${place.chapterId}:${place.start}`} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line py-1.5">
            <PlaceLine projectId={projectId} here={here} place={place} />
          </li>
        ))}
      </ul>
    </section>
  )
}

async function PlaceLine({ projectId, here, place }: { projectId: string; here: string; place: ClutterPlace }) {
  const [t, reading] = await Promise.all([getTranslator('library'), getTranslator('reading')])
  const ui = await getTranslator('ui')
  const values = { projectId, chapterId: place.chapterId, start: place.start, end: place.end }
  return (
    <>
      <span lang="zh-CN" className="min-w-0 flex-1 basis-72 font-serif [overflow-wrap:anywhere]">
        <span className="text-muted">{oneLine(place.before)}</span>
        <mark className={cx('bg-wash px-0.5 text-ink', !place.kept && 'line-through decoration-seal')}>{visible(place.words)}</mark>
        <span className="text-muted">{oneLine(place.after)}</span>
      </span>
      <span className="max-w-40 truncate text-xs text-muted">{headingWords(place.heading, ui('front')) || reading('untitled', { ordinal: place.ordinal + 1 })}</span>
      <span className="flex items-center gap-1.5">
        <Link href={`${here}?chapter=${place.chapterId}&at=${place.at}&clutter=${place.kind}`} scroll={false} className={buttonClass('quiet', true)}>
          {t('jump')}
        </Link>
        {!place.kept && (
          <ActionForm action={cleanHere} values={values}>
            <SubmitButton small>{t('remove')}</SubmitButton>
          </ActionForm>
        )}
        <ActionForm action={keepHere} values={{ ...values, keeps: place.kept ? 'no' : 'yes' }}>
          <SubmitButton small kind="quiet">
            {place.kept ? t('unkeep') : t('keep')}
          </SubmitButton>
        </ActionForm>
      </span>
    </>
  )
}

function oneLine(text: string): string {
  return text.replaceAll('\n', ' ')
}

/** What cannot be seen, as its code. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Zs}]/gu, (character) => (character === '\n' ? '↵' : character === ' ' ? '␣' : `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')} `))
}
