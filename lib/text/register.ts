import { isHan } from '@/lib/text/counts'

/** 白话, 古白话, 文言. */
export const registers = ['modern', 'early_vernacular', 'classical'] as const
export type Register = (typeof registers)[number]

/** A text's register with what shows it. */
export interface RegisterEvidence {
  register: Register
  /** 的, 了, 是 and 着 in a thousand Han characters. */
  functionDensity: number
  /** 的 alone in a thousand. */
  deDensity: number
  /** Mean Han characters from one mark to the next. */
  clauseLength: number
  /** Han characters counted; from a few hundred on the figures mean something. */
  hanCharacters: number
}

// Measured on the chapters of 17 works. 的了是着: 鲁迅 70 to 117, vernacular novels 12 to 95, 史记, 庄子 and
// 三国 mostly under 12. The share of 的 in it: 鲁迅 0.38 to 0.58, 红楼 and older 0.05 to 0.40.
const CLASSICAL_BELOW = 12
const CLASSICAL_WITHOUT_DE_BELOW = 25
const WITHOUT_DE = 0.5
const MODERN_FROM = 55
const MODERN_DE_SHARE = 0.36
const TOO_SHORT = 20

const DE = 0x7684, LIAO = 0x4e86, SHI = 0x662f, ZHE = 0x7740, ZHE_TRADITIONAL = 0x8457

/** Measures a text's register in one scan. */
export function registerOf(text: string): RegisterEvidence {
  let han = 0
  let de = 0
  let others = 0
  let clauses = 0
  let inClause = 0
  for (let at = 0; at < text.length; at += 1) {
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
  const perThousand = (count: number) => (han === 0 ? 0 : (count * 1000) / han)
  const evidence = {
    functionDensity: perThousand(de + others),
    deDensity: perThousand(de),
    clauseLength: clauses === 0 ? 0 : han / clauses,
    hanCharacters: han,
  }
  return { register: judged(evidence), ...evidence }
}

function judged({ functionDensity, deDensity, hanCharacters }: Omit<RegisterEvidence, 'register'>): Register {
  if (hanCharacters < TOO_SHORT) return 'modern'
  if (functionDensity < CLASSICAL_BELOW) return 'classical'
  // Classical prose has 是 for "this", sometimes often, but no 的.
  if (functionDensity < CLASSICAL_WITHOUT_DE_BELOW && deDensity < WITHOUT_DE) return 'classical'
  return functionDensity >= MODERN_FROM && deDensity / functionDensity >= MODERN_DE_SHARE ? 'modern' : 'early_vernacular'
}
