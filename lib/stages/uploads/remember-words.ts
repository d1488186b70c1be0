import { z } from 'zod'
import type { Tx } from '@/lib/db'
import type { Prisma } from '@/lib/generated/prisma/client'
import type { RememberedChange, RememberedNovel } from '@/lib/stages/uploads/remembered-words'
import { decidedOn } from '@/lib/stages/uploads/uses'
import { cleaned, clutterIn, clutterKinds, wordsOf } from '@/lib/text/clutter'

const place = { select: { id: true, place: true }, orderBy: { place: 'asc' } } as const
const chapter = { id: true, place: true, heading: true, active: true, madeById: true, taking: true, role: true, registerByPerson: true } as const
const revisions = { where: { undoneAt: null }, orderBy: { id: 'asc' }, include: { replaced: place, made: place } } as const
type RevisionRow = Prisma.RevisionGetPayload<{ include: (typeof revisions)['include'] }>

/** Everything that a person has said of an upload's novels, before they are read again. */
export async function rememberWords(tx: Tx, uploadId: string): Promise<RememberedNovel[]> {
  const [all, novels] = await Promise.all([
    tx.novel.findMany({ where: { uploadId }, orderBy: { ordinal: 'asc' }, select: { id: true, fileOrdinal: true } }),
    tx.novel.findMany({ where: decidedOn(uploadId), orderBy: { ordinal: 'asc' }, include: { chapters: { select: chapter, orderBy: { place: 'asc' } }, revisions, keptClutter: true } }),
  ])
  const remembered: RememberedNovel[] = []
  for (const novel of novels) {
    const beside = all.filter(({ fileOrdinal }) => fileOrdinal === novel.fileOrdinal)
    const changes: RememberedChange[] = []
    for (const revision of novel.revisions) changes.push(await changeOf(tx, revision))
    const { taking, role } = novel
    remembered.push({
      novelId: novel.id,
      file: novel.fileOrdinal,
      at: beside.findIndex(({ id }) => id === novel.id),
      of: beside.length,
      title: novel.title,
      word: taking === 'by_register' && role === 'drawn' ? null : { taking, role },
      headings: novel.chapters.filter(({ madeById }) => madeById === null).map(({ heading }) => heading),
      chapters: novel.chapters
        .filter((each) => each.active && (each.taking !== 'by_register' || each.role !== 'drawn' || each.registerByPerson !== null))
        .map(({ id, place: at, heading, taking: takes, role: plays, registerByPerson }) => ({ id, place: at, heading, taking: takes, role: plays, register: registerByPerson })),
      changes,
      keptClutter: novel.keptClutter.flatMap(({ kind, words }) => clutterKinds.filter((each) => each === kind).map((each) => ({ kind: each, words }))),
    })
  }
  return remembered
}

async function changeOf(tx: Tx, revision: RevisionRow): Promise<RememberedChange> {
  const { kind, runId, replaced, made } = revision
  const change: RememberedChange = { kind, what: z.record(z.string(), z.json()).parse(revision.what), runId, replaces: replaced.map((each) => each.place), makes: made.map((each) => each.place) }
  const [before, after, second] = [replaced[0]?.id, made[0]?.id, made[1]?.id]
  if (kind === 'split' && before !== undefined && after !== undefined && second !== undefined) {
    const [whole, first, other] = await Promise.all([textOf(tx, before), textOf(tx, after), tx.chapter.findUniqueOrThrow({ where: { id: second }, select: { heading: true } })])
    return { ...change, split: splitPlace(whole, first, other.heading) }
  }
  if (kind === 'cleaned' && runId === null && before !== undefined && after !== undefined && replaced.length === 1) {
    const [whole, left] = await Promise.all([textOf(tx, before), textOf(tx, after)])
    const removed = clutterIn(whole).find((each) => cleaned(whole, [each]) === left)
    if (removed) return { ...change, words: wordsOf(whole, removed) }
  }
  return change
}

async function textOf(tx: Tx, id: number): Promise<string> {
  return (await tx.chapter.findUniqueOrThrow({ where: { id }, select: { text: true } })).text
}

/** Where a text was split, in lines: what stays the same under another encoding. */
function splitPlace(whole: string, first: string, heading: string): NonNullable<RememberedChange['split']> {
  const lines = whole.split('\n')
  let before = first.split('\n').length
  while (before < lines.length - 1 && lines[before]?.trim() === '') before += 1
  return { before, lines: lines.length, heading: lines[before]?.trim() === heading ? null : heading }
}
