import { quickDrawer } from '@/lib/draw'
import { db } from '@/lib/db'
import type { DuplicateLevel } from '@/lib/generated/prisma/client'
import { usualDuplicateSettings } from '@/lib/settings/duplicates'
import { startDuplicateSearch } from '@/lib/stages/novels/duplicates'
import { sampleNovels, sendNovels } from '@/tests/support/project-files'
import { runNextWell } from '@/tests/support/run-next'

const sample = sampleNovels.map(({ text }) => text.replaceAll(/\s/g, '')).join('')
/** Stretches of the samples' prose, each of its own words. */
export const prose = (index: number) => sample.slice(index * 600, (index + 1) * 600)

/** The text with every fiftieth character or so another one. */
export function blurred(text: string): string {
  const draw = quickDrawer(4)
  return [...text].map((character) => (draw() < 0.02 ? '某' : character)).join('')
}

/** Three novels: the second repeats the first with a changed chapter, the third shares one chapter with them. */
export async function sendAlike(projectId: string) {
  const chapters = (...texts: string[]) => texts.map((text, at) => `第${'一二三四五'[at]}章\n${text}`).join('\n')
  await sendNovels(projectId, [
    { name: '甲', text: chapters(prose(0), prose(1), prose(2), prose(3)) },
    { name: '甲又', text: chapters(prose(0), blurred(prose(1)), prose(2), prose(3)) },
    { name: '乙', text: chapters(prose(4), prose(0), prose(5)) },
  ])
}

/** Searches the project for duplicates to the end; the search's id. */
export async function searchDuplicates(projectId: string, settings = usualDuplicateSettings) {
  const { id } = await startDuplicateSearch(projectId, settings)
  await runNextWell()
  return id
}

/** The groups of a level as the titles or headings of their members. */
export async function groupsOf(searchId: string, level: DuplicateLevel) {
  const rows = await db().duplicateGroup.findMany({
    where: { duplicateSearchId: searchId, level },
    include: { members: { include: { novel: true, chapter: { include: { novel: true } }, passage: true }, orderBy: { ordinal: 'asc' } } },
    orderBy: { ordinal: 'asc' },
  })
  return rows.map(({ id, within, decision, members }) => ({
    id,
    within,
    decision,
    members: members.map(({ novel, chapter, leftOut }) => `${novel?.title ?? `${chapter?.novel.title} ${chapter?.heading}`}${leftOut ? ' out' : ''}`),
    likeness: members.map((member) => member.likeness),
  }))
}
