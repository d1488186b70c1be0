import type { Tx } from '@/lib/db'
import { Prisma, type Novel } from '@/lib/generated/prisma/client'
import { samePlaces, type SamePlaces } from '@/lib/stages/novels/same-places'
import { repeatChange } from '@/lib/stages/novels/repeat-change'
import { isEmpty, type RememberedNovel, waitingWords } from '@/lib/stages/uploads/remembered-words'
import { clutterIn, wordsOf } from '@/lib/text/clutter'

type Read = Pick<Novel, 'id' | 'fileOrdinal' | 'title'>

/**
 * Puts what a person had said of an upload's earlier reading on the novels of this one, as far as it fits; the rest goes
 * on waiting, and is tried again when the file is read once more. Says of how many novels something was carried over.
 */
export async function carryOver(tx: Tx, uploadId: string): Promise<number> {
  const upload = await tx.upload.findUniqueOrThrow({ where: { id: uploadId }, select: { waitingWords: true } })
  const novels = await tx.novel.findMany({ where: { uploadId }, orderBy: { ordinal: 'asc' }, select: { id: true, fileOrdinal: true, title: true } })
  const carried = new Set<number>()
  const waiting: RememberedNovel[] = []
  for (const words of waitingWords.parse(upload.waitingWords)) {
    // A novel that reads the same is the same row still, with everything that was said of it.
    if (novels.some(({ id }) => id === words.novelId)) {
      carried.add(words.novelId)
      continue
    }
    const novel = sameNovel(words, novels)
    const rest = novel ? await carryNovel(tx, novel.id, words) : words
    if (novel && JSON.stringify(rest) !== JSON.stringify(words)) carried.add(novel.id)
    if (!isEmpty(rest)) waiting.push(rest)
  }
  await tx.upload.update({ where: { id: uploadId }, data: { waitingWords: waiting.length > 0 ? waiting : Prisma.DbNull } })
  return carried.size
}

/** The novel of this title in the same file; else the one in its place, where the file has as many novels as before. */
function sameNovel(words: RememberedNovel, novels: readonly Read[]): Read | undefined {
  const beside = novels.filter(({ fileOrdinal }) => fileOrdinal === words.file)
  const named = beside.filter(({ title }) => title === words.title)
  const inPlace = beside.length === words.of ? beside[words.at] : undefined
  if (inPlace && named.includes(inPlace)) return inPlace
  return named.length === 1 ? named[0] : inPlace
}

/** What of a novel's words found no place. */
async function carryNovel(tx: Tx, novelId: number, words: RememberedNovel): Promise<RememberedNovel> {
  if (words.word) await tx.novel.update({ where: { id: novelId }, data: words.word })
  // A decision over many that is undone later finds the novel under its new number.
  await tx.decisionBefore.updateMany({ where: { novelId: words.novelId, chapterId: null }, data: { novelId } })
  const read = await tx.chapter.findMany({ where: { novelId, madeById: null }, orderBy: { place: 'asc' }, select: { heading: true } })
  const places = samePlaces(words.headings, read.map(({ heading }) => heading))
  const changes: RememberedNovel['changes'] = []
  for (const change of words.changes) if (!(await repeatChange(tx, novelId, change, places))) changes.push(change)
  const keptClutter = await carryKept(tx, novelId, words)
  return { ...words, word: null, changes, chapters: await carryChapters(tx, novelId, words, places), keptClutter }
}

async function carryChapters(tx: Tx, novelId: number, words: RememberedNovel, places: SamePlaces): Promise<RememberedNovel['chapters']> {
  const rest: RememberedNovel['chapters'] = []
  for (const chapter of words.chapters) {
    const place = places.of(chapter.place)
    const found = place === undefined ? null : await tx.chapter.findFirst({ where: { novelId, active: true, place } })
    if (!found) rest.push(chapter)
    else {
      const { taking, role, register } = chapter
      await tx.chapter.update({ where: { id: found.id }, data: { taking, role, registerByPerson: register } })
      await tx.decisionBefore.updateMany({ where: { chapterId: chapter.id }, data: { chapterId: found.id, novelId } })
    }
  }
  return rest
}

/** Words that are no clutter are carried over where the novel still has them. */
async function carryKept(tx: Tx, novelId: number, { keptClutter }: RememberedNovel): Promise<RememberedNovel['keptClutter']> {
  if (keptClutter.length === 0) return []
  const chapters = await tx.chapter.findMany({ where: { novelId, active: true }, select: { text: true } })
  const there = new Set(chapters.flatMap(({ text }) => clutterIn(text).map((place) => `${place.kind}\n${wordsOf(text, place)}`)))
  const found = keptClutter.filter(({ kind, words }) => there.has(`${kind}\n${words}`))
  await tx.keptClutter.createMany({ data: found.map((each) => ({ novelId, ...each })), skipDuplicates: true })
  return keptClutter.filter((each) => !found.includes(each))
}
