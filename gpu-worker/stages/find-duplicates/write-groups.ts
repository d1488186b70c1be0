import { copyRows, takeIds, type CopyValue } from '@/lib/copy'
import type { DuplicateLevel, DuplicateSearch } from '@/lib/generated/prisma/client'
import type { Attempt } from '@/lib/queue/attempt'
import { fencedClient } from '@/lib/queue/fenced-client'
import type { DuplicateGroup } from '@/lib/text/near-duplicates'
import type { Texts } from '@/gpu-worker/stages/find-duplicates/texts'

const memberColumn = { novel: 'novel_id', chapter: 'chapter_id', passage: 'passage_id' } as const satisfies Record<DuplicateLevel, string>
const countColumn = { novel: 'novels', chapter: 'chapters', passage: 'passages' } as const satisfies Record<DuplicateLevel, string>

/** Puts a level's groups into their table, all at once, and with them that the level is done. */
export async function writeGroups(attempt: Attempt, search: DuplicateSearch, level: DuplicateLevel, texts: Texts, groups: readonly DuplicateGroup[]): Promise<void> {
  const change = { project: search.projectId, topic: 'job' as const, id: attempt.jobId }
  await fencedClient({ jobId: attempt.jobId, epoch: attempt.epoch }, change, async (client) => {
    await client.query('DELETE FROM duplicate_group WHERE duplicate_search_id = $1 AND level = $2', [search.id, level])
    const ids = await takeIds(client, 'duplicate_group', groups.length)
    await copyRows(
      client,
      'duplicate_group',
      ['id', 'duplicate_search_id', 'level', 'ordinal'],
      groups.map((_, ordinal): CopyValue[] => [ids[ordinal] ?? null, search.id, level, ordinal]),
    )
    await copyRows(
      client,
      'duplicate_member',
      ['group_id', 'ordinal', memberColumn[level], 'characters', 'likeness', 'exact'],
      groups.flatMap(({ first, repeats }, at) =>
        [{ text: first, likeness: 1, exact: true }, ...repeats].map(({ text, likeness, exact }, ordinal): CopyValue[] => [
          ids[at] ?? null,
          ordinal,
          texts.ids[text] ?? null,
          texts.characters[text] ?? 0,
          likeness,
          exact,
        ]),
      ),
    )
    await client.query(`UPDATE duplicate_search SET ${countColumn[level]} = $2 WHERE id = $1`, [search.id, texts.ids.length])
  })
}
