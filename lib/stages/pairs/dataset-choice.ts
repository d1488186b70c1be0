import { shuffled } from '@/lib/draw'
import type { Outcome, Register, Role, Split, Verdict } from '@/lib/generated/prisma/client'
import type { PairSettings } from '@/lib/settings/pairs'

/** A pair that could go into a dataset, without its texts. Keys tell novels, chapters and groups of all sources apart. */
export type Candidate = {
  source: number
  id: number
  verdict: Verdict
  outcome: Outcome
  isEdited: boolean
  isLeak: boolean
  premiseGroup: string | null
  passageGroup: string | null
  novelKey: string
  novel: string
  chapterKey: string
  register: Register
  role: Role
  characters: number
  isEnding: boolean
  /** Whether a person left its passage out as a duplicate. */
  isLeftOut: boolean
}

export type ChosenPair = Pick<Candidate, 'source' | 'id'> & { split: Split }

/** Why a pair is not taken, the first of these that holds. */
export const leftOutReasons = ['refused', 'rejected', 'undecided', 'leak', 'duplicate', 'register', 'novel'] as const
export type LeftOutReason = (typeof leftOutReasons)[number]

/** What a set of pairs consists of; characters are those of the passages. */
export type Composition = { pairs: number; characters: number; endings: number; registers: Record<Register, number>; novels: { novel: string; pairs: number }[] }

export type DatasetChoice = { pairs: ChosenPair[]; leftOut: Record<LeftOutReason, number>; before: Composition; after: Composition }

/**
 * Which candidates go in, and on which side: by the checks and a person's word first (`before` is what these leave), then
 * leaks and near duplicates, the shares of the registers, the cap of each novel; every draw by the seed. Whole novels or
 * chapters go to validation until its share of the characters is reached. In the order of the candidates.
 */
export function chooseDataset(candidates: readonly Candidate[], settings: PairSettings): DatasetChoice {
  const reasons = new Map<Candidate, LeftOutReason>()
  const leaveOut = (reason: LeftOutReason, pairs: Iterable<Candidate>) => {
    for (const pair of pairs) reasons.set(pair, reason)
  }
  const left = () => candidates.filter((pair) => !reasons.has(pair))
  for (const pair of candidates) {
    if (pair.outcome === 'refused' && !pair.isEdited) reasons.set(pair, 'refused')
    else if (pair.verdict === 'rejected') reasons.set(pair, 'rejected')
    else if (pair.isLeftOut && pair.verdict !== 'kept') reasons.set(pair, 'duplicate')
    else if (pair.verdict === 'undecided' && settings.undecided === 'leave_out') reasons.set(pair, 'undecided')
  }
  const before = compositionOf(left())
  if (settings.leaks === 'leave_out') leaveOut('leak', left().filter(({ isLeak }) => isLeak))
  if (settings.duplicates === 'one') leaveOut('duplicate', repeats(left()))
  const shares: Record<Register, number> = { modern: settings.modernShare, early_vernacular: settings.earlyVernacularShare, classical: settings.classicalShare }
  for (const [register, pairs] of groupedBy(left(), (pair) => pair.register)) {
    leaveOut('register', beyond(pairs, Math.round(pairs.length * shares[register]), settings.seed))
  }
  if (settings.novelCap > 0) {
    for (const pairs of groupedBy(left(), (pair) => pair.novelKey).values()) leaveOut('novel', beyond(pairs, settings.novelCap, settings.seed))
  }
  const taken = left()
  const leftOut: Record<LeftOutReason, number> = { refused: 0, rejected: 0, undecided: 0, leak: 0, duplicate: 0, register: 0, novel: 0 }
  for (const reason of reasons.values()) leftOut[reason] += 1
  return { pairs: splitPairs(taken, settings), leftOut, before, after: compositionOf(taken) }
}

/** What is left out where only so many are taken, drawn by the seed. */
function beyond(pairs: readonly Candidate[], most: number, seed: number): Candidate[] {
  return pairs.length <= most ? [] : shuffled(pairs, seed).slice(most)
}

/**
 * All but one of every group of near-equal pairs: kept ones come before undecided ones, then by their place. A kept one
 * whose passage was left out stands beside the one that a person chose there.
 */
function repeats(pairs: readonly Candidate[]): Candidate[] {
  const used = new Set<string>()
  return [...pairs.filter(({ verdict }) => verdict === 'kept'), ...pairs.filter(({ verdict }) => verdict !== 'kept')].filter((pair) => {
    const groups = [pair.premiseGroup, pair.isLeftOut ? null : pair.passageGroup].filter((group) => group !== null)
    if (groups.some((group) => used.has(group))) return true
    for (const group of groups) used.add(group)
    return false
  })
}

function splitPairs(taken: readonly Candidate[], settings: PairSettings): ChosenPair[] {
  const groupOf = (pair: Candidate) => (settings.splitBy === 'novel' ? pair.novelKey : pair.chapterKey)
  const drawn = groupedBy(taken.filter(({ role }) => role === 'drawn'), groupOf)
  const sizes = new Map([...drawn].map(([group, pairs]) => [group, pairs.reduce((sum, pair) => sum + pair.characters, 0)]))
  const wanted = settings.validationShare * [...sizes.values()].reduce((sum, size) => sum + size, 0)
  const validation = new Set<string>()
  const groups = shuffled([...sizes.keys()], settings.seed)
  let reached = 0
  for (const group of groups) {
    const size = sizes.get(group) ?? 0
    // A group that overshoots by more than it helps is left to training, and so is the last one.
    if (validation.size === groups.length - 1 || Math.abs(wanted - reached - size) >= wanted - reached) continue
    validation.add(group)
    reached += size
  }
  return taken.map((pair) => {
    const split = pair.role !== 'drawn' ? pair.role : validation.has(groupOf(pair)) ? 'validation' : 'training'
    return { source: pair.source, id: pair.id, split }
  })
}

function compositionOf(pairs: readonly Candidate[]): Composition {
  const registers: Record<Register, number> = { modern: 0, early_vernacular: 0, classical: 0 }
  for (const { register } of pairs) registers[register] += 1
  return {
    pairs: pairs.length,
    characters: pairs.reduce((sum, pair) => sum + pair.characters, 0),
    endings: pairs.filter(({ isEnding }) => isEnding).length,
    registers,
    novels: [...groupedBy(pairs, (pair) => pair.novelKey).values()].map((own) => ({ novel: own[0]?.novel ?? '', pairs: own.length })),
  }
}

function groupedBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}
