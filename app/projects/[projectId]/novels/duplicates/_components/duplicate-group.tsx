import { besideEachOther } from '@/app/projects/[projectId]/novels/duplicates/_components/group-list'
import { MemberColumn } from '@/app/projects/[projectId]/novels/duplicates/_components/member-column'
import { MemberText } from '@/app/projects/[projectId]/novels/duplicates/_components/member-text'
import { NovelChapters } from '@/app/projects/[projectId]/novels/duplicates/_components/novel-chapters'
import { decideOnGroup, undoOfGroup } from '@/app/projects/[projectId]/novels/duplicates/actions'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { ActionForm } from '@/app/_ui/action-form'
import { SubmitButton } from '@/app/_ui/submit-button'
import { Tag } from '@/app/_ui/tag'
import type { ChapterOfDuplicate, DuplicateGroupEntry } from '@/lib/stages/novels/duplicate-groups'

type Props = { projectId: string; group: DuplicateGroupEntry; texts: ReadonlyMap<number, string>; chapters: readonly ChapterOfDuplicate[] }

/** The texts of one group side by side, what differs marked, and a person's word on them. */
export async function DuplicateGroup({ projectId, group, texts, chapters }: Props) {
  const [t, { number }] = await Promise.all([getTranslator('duplicates'), getFormatter()])
  const least = Math.min(...group.members.map(({ likeness }) => likeness))
  // Never 100 % of what is not the same.
  const percent = (share: number) => number(Math.floor(share * 100) / 100, { style: 'percent', maximumFractionDigits: 0 })
  const [first] = group.members
  const shown = group.members.slice(0, besideEachOther)
  const rest = group.members.slice(besideEachOther)
  const values = { projectId, groupId: group.id }
  const column = (member: (typeof group.members)[number]) => ({ projectId, group, member, percent })
  return (
    <section aria-labelledby={`group-${group.id}`} className="rounded-base border border-line bg-raised p-4">
      <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 id={`group-${group.id}`} className="m-0 text-base font-semibold">
          {t('group', { ordinal: group.ordinal + 1 })}
        </h2>
        <span className="text-muted">{t('members', { count: group.members.length, level: group.level })}</span>
        <Tag>{group.members.every(({ exact }) => exact) ? t('exact') : t('near', { likeness: percent(least) })}</Tag>
        {group.decision === 'all_kept' && <Tag kind="ok">{t('allStay')}</Tag>}
        <span className="ml-auto flex flex-wrap gap-2">
          {group.decision === 'undecided' ? (
            <ActionForm action={decideOnGroup} values={values} label={t('keepAllOf', { ordinal: group.ordinal + 1 })}>
              <SubmitButton small kind="quiet">
                {t('keepAll')}
              </SubmitButton>
            </ActionForm>
          ) : (
            <ActionForm action={undoOfGroup} values={values} label={t('undoOf', { ordinal: group.ordinal + 1 })}>
              <SubmitButton small>{t('undo')}</SubmitButton>
            </ActionForm>
          )}
        </span>
      </div>
      <div className="grid gap-x-8 gap-y-6 lg:grid-flow-col lg:auto-cols-fr">
        {shown.map((member) => (
          <MemberColumn key={member.ordinal} {...column(member)}>
            {first && group.level === 'novel' && <NovelChapters projectId={projectId} first={first} member={member} second={group.members[1]} chapters={chapters} />}
            {first && group.level !== 'novel' && <MemberText level={group.level} first={texts.get(first.id)} second={texts.get(group.members[1]?.id ?? 0)} own={texts.get(member.id)} isFirst={member === first} />}
          </MemberColumn>
        ))}
      </div>
      {rest.length > 0 && (
        <details className="mt-4">
          <summary className="text-muted">{t('more', { count: rest.length, level: group.level })}</summary>
          <div className="mt-3 grid gap-3">
            {rest.slice(0, 200).map((member) => (
              <MemberColumn key={member.ordinal} {...column(member)} />
            ))}
          </div>
        </details>
      )}
    </section>
  )
}
