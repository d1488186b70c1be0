import { DuplicateGroup } from '@/app/projects/[projectId]/novels/duplicates/_components/duplicate-group'
import { chaptersOfDuplicates, textsOfMembers, type DuplicateGroupEntry } from '@/lib/stages/novels/duplicate-groups'
import type { DuplicateLevel } from '@/lib/generated/prisma/client'

/** Members of a group that stand side by side; of more the names are given. */
export const besideEachOther = 3

/** Characters of a chapter beyond which it is not compared on the page. */
const longest = 60_000

/** A page of groups, each with its texts. */
export async function GroupList({ projectId, level, groups }: { projectId: string; level: DuplicateLevel; groups: readonly DuplicateGroupEntry[] }) {
  const shown = groups.flatMap(({ members }) => members.slice(0, besideEachOther))
  const [texts, chapters] = await Promise.all([
    textsOfMembers(level, shown.filter(({ characters }) => characters <= longest).map(({ id }) => id)),
    level === 'novel' ? chaptersOfDuplicates(shown.map(({ id }) => id)) : [],
  ])
  return (
    <ol className="m-0 grid list-none gap-6 p-0">
      {groups.map((group) => (
        <li key={group.id}>
          <DuplicateGroup projectId={projectId} group={group} texts={texts} chapters={chapters} />
        </li>
      ))}
    </ol>
  )
}
