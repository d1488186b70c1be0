import { isHan } from '@/lib/text/counts'

/** 白话, 古白话, 文言. */
export const registers = ['modern', 'early_vernacular', 'classical'] as const
export type Register = (typeof registers)[number]

/** A text's register with what shows it. */
export interface RegisterEvidence {
  register: Register
  /** 的, 了, 是 and 着 in a thousand Han characters. */
  functionDensity: number
  /** 的 among these four, 0 to 1. */
  deShare: number
  /** Mean Han characters from one mark to the next. */
  clauseLength: number
  /** Share of the text, 0 to 1, that stands in stretches of classical prose. */
  classicalShare: number
  /** Han characters counted; from a few hundred on the figures mean something. */
  hanCharacters: number
}

/** Raise it when the measure changes: texts measured by an older version are measured anew. */
export const registerRules = 1

// Measured on the chapters of 17 works. 的了是着: 鲁迅 70 to 117, vernacular novels 12 to 95, 史记, 庄子 and
// 三国 mostly under 12. The share of 的 in it: 鲁迅 0.38 to 0.58, 红楼 and older 0.05 to 0.40.
const CLASSICAL_BELOW = 12
const CLASSICAL_WITHOUT_DE_BELOW = 25
const WITHOUT_DE = 0.5
const MODERN_FROM = 55
const MODERN_DE_SHARE = 0.36
const TOO_SHORT = 20
// How far past a border a chapter lies before it is told apart from the rest of its novel. The chapters of one novel read
// alike, and those near a border fall on either side of it by chance.
const CLEARLY_CLASSICAL_BELOW = 8
const CLEARLY_NOT_CLASSICAL_FROM = 18
const CLEARLY_MODERN_DE_SHARE = 0.44
const CLEARLY_NOT_MODERN_BELOW = 45
const CLEARLY_NOT_MODERN_DE_SHARE = 0.3
// A classical text with its modern rendering, in turns, is neither by its mean: a quarter of each makes it classical.
const MIXED_FROM = 0.25
const STRETCH = 200
const MIXED_DENSITY = 40
const MIXED_DE_SHARE = 0.5

const DE = 0x7684, LIAO = 0x4e86, SHI = 0x662f, ZHE = 0x7740, ZHE_TRADITIONAL = 0x8457

/** Measures a text's register: the whole of it, and stretch by stretch for what mixes two. */
export function registerOf(text: string): RegisterEvidence {
  const whole = figuresOf(text)
  const classicalShare = classicalShareOf(text, whole)
  return { register: judged(whole, classicalShare), ...shown(whole), classicalShare }
}

/** The registers of a novel's chapters: one near a border goes with the most of them. */
export function registersOfNovel(texts: readonly string[]): RegisterEvidence[] {
  const measured = texts.map(registerOf)
  const prevailing = prevailingRegister(measured.map(({ register, hanCharacters }) => ({ register, characters: hanCharacters })))
  return measured.map((evidence) => ({ ...evidence, register: registerWithin(evidence, prevailing) }))
}

/** The register that most characters of a novel are in; null for an empty one. */
export function prevailingRegister(chapters: readonly { register: Register; characters: number }[]): Register | null {
  const sums = registers.map((register) => ({ register, sum: chapters.reduce((all, chapter) => all + (chapter.register === register ? chapter.characters : 0), 0) }))
  const most = sums.sort((one, other) => other.sum - one.sum)[0]
  return most && most.sum > 0 ? most.register : null
}

/** A chapter's register in a novel of the prevailing one: its own where the figures are clear, else the novel's. */
export function registerWithin({ register, functionDensity, deShare, classicalShare }: RegisterEvidence, prevailing: Register | null): Register {
  if (prevailing === null || register === prevailing || classicalShare >= MIXED_FROM) return register
  const pair = `${prevailing} ${register}` as const
  switch (pair) {
    case 'early_vernacular classical':
      return functionDensity < CLEARLY_CLASSICAL_BELOW ? register : prevailing
    case 'classical early_vernacular':
      return functionDensity >= CLEARLY_NOT_CLASSICAL_FROM ? register : prevailing
    case 'early_vernacular modern':
      return deShare >= CLEARLY_MODERN_DE_SHARE ? register : prevailing
    case 'modern early_vernacular':
      return functionDensity < CLEARLY_NOT_MODERN_BELOW || deShare < CLEARLY_NOT_MODERN_DE_SHARE ? register : prevailing
    default:
      return register
  }
}

type Figures = { han: number; de: number; others: number; clauses: number }

function figuresOf(text: string, from = 0, to = text.length): Figures {
  let han = 0
  let de = 0
  let others = 0
  let clauses = 0
  let inClause = 0
  for (let at = from; at < to; at += 1) {
    const unit = text.charCodeAt(at)
    if (isHan(unit)) {
      han += 1
      inClause += 1
      if (unit === DE) de += 1
      else if (unit === LIAO || unit === SHI || unit === ZHE || unit === ZHE_TRADITIONAL) others += 1
    } else if (inClause > 0) {
      clauses += 1
      inClause = 0
    }
  }
  if (inClause > 0) clauses += 1
  return { han, de, others, clauses }
}

function shown({ han, de, others, clauses }: Figures): Omit<RegisterEvidence, 'register' | 'classicalShare'> {
  return {
    functionDensity: han === 0 ? 0 : ((de + others) * 1000) / han,
    deShare: de + others === 0 ? 0 : de / (de + others),
    clauseLength: clauses === 0 ? 0 : han / clauses,
    hanCharacters: han,
  }
}

function judged(whole: Figures, classicalShare: number): Register {
  const { functionDensity, deShare, hanCharacters } = shown(whole)
  if (hanCharacters < TOO_SHORT) return 'modern'
  if (isClassical(whole) || classicalShare >= MIXED_FROM) return 'classical'
  return functionDensity >= MODERN_FROM && deShare >= MODERN_DE_SHARE ? 'modern' : 'early_vernacular'
}

function isClassical({ han, de, others }: Figures): boolean {
  const density = ((de + others) * 1000) / han
  // Classical prose has 是 for "this", sometimes often, but no 的.
  return density < CLASSICAL_BELOW || (density < CLASSICAL_WITHOUT_DE_BELOW && (de * 1000) / han < WITHOUT_DE)
}

/** How much of a text is classical beside modern prose; nothing where it has no modern stretch to mix with. */
function classicalShareOf(text: string, whole: Figures): number {
  if (whole.han < 2 * STRETCH || isClassical(whole)) return 0
  let [classical, modern] = [0, 0]
  let from = 0
  while (from < text.length) {
    const to = paragraphEnd(text, from + STRETCH)
    const stretch = figuresOf(text, from, to)
    if (stretch.han >= STRETCH / 2) {
      const { functionDensity, deShare } = shown(stretch)
      if (isClassical(stretch)) classical += stretch.han
      else if (deShare >= MIXED_DE_SHARE && functionDensity >= MIXED_DENSITY) modern += stretch.han
    }
    from = to
  }
  return modern >= MIXED_FROM * whole.han ? classical / whole.han : 0
}

function paragraphEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end + 1
}
