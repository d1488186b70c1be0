import { headingWords } from '@/app/_novels/heading-words'
import type { ReactNode } from 'react'
import { decideOnGroup } from '@/app/projects/[projectId]/novels/duplicates/actions'
import { getTranslator } from '@/app/_i18n/server'
import { ActionForm } from '@/app/_ui/action-form'
import { Link } from '@/app/_ui/link'
import { SubmitButton } from '@/app/_ui/submit-button'
import { Tag } from '@/app/_ui/tag'
import type { DuplicateGroupEntry, DuplicateMemberEntry } from '@/lib/stages/novels/duplicate-groups'

type Props = { projectId: string; group: DuplicateGroupEntry; member: DuplicateMemberEntry; percent: (share: number) => string; children?: ReactNode }

/** One text of a group: where it stands, how like the first it is, whether it is in, and the word to keep it alone. */
export async function MemberColumn({ projectId, group, member, percent, children }: Props) {
  const t = await getTranslator('duplicates')
  const ui = await getTranslator('ui')
  const heading = member.chapterId === null ? null : headingWords(member.heading ?? '', ui('front')) || t('untitled', { ordinal: (member.chapterOrdinal ?? 0) + 1 })
  const place = [heading, member.passageOrdinal === null ? null : t('passage', { ordinal: member.passageOrdinal + 1 })].filter((part) => part !== null).join(' · ')
  const name = [member.novel, place].filter((part) => part !== '').join(' · ')
  const query = new URLSearchParams({ ...(member.chapterId === null ? {} : { chapter: String(member.chapterId) }), ...(member.passageOrdinal === null ? {} : { passage: String(member.passageOrdinal) }) })
  const isKept = group.decision === 'one_kept' && !member.leftOut
  return (
    <article aria-label={name} className="min-w-0">
      <h3 className="m-0 text-base font-semibold [overflow-wrap:anywhere]">
        <Link href={`/projects/${projectId}/novels/${member.novelId}?${query}`} className="text-ink underline decoration-line underline-offset-4 hover:decoration-current">
          {member.novel}
        </Link>
        {place !== '' && <span className="font-normal text-muted"> · {place}</span>}
      </h3>
      <p className="mt-1 mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
        <span>{t('characters', { count: member.characters })}</span>
        <span className="[overflow-wrap:anywhere]">{member.fileName}</span>
        <span>{member.ordinal === 0 ? t('first') : member.exact ? t('sameText') : t('alike', { likeness: percent(member.likeness) })}</span>
        {isKept && <Tag kind="ok">{t('kept')}</Tag>}
        {(member.leftOut || member.isOut) && <Tag kind="warn">{t('leftOut')}</Tag>}
      </p>
      {!isKept && (
        <ActionForm action={decideOnGroup} values={{ projectId, groupId: group.id, keep: member.ordinal }} label={t('keepThisOf', { name })} className="mb-3 justify-items-start">
          <SubmitButton small>{t('keepThis')}</SubmitButton>
        </ActionForm>
      )}
      {children}
    </article>
  )
}
