import { gramHash, gramLength } from '@/lib/text/ngrams'

/** Numbers in a signature. */
export const signatureLength = 128

const binShift = 25
const valueMask = 2 ** binShift - 1
const empty = 0xffffffff

/**
 * The MinHash signature of a text's n-grams: of two texts, each number is the same with a probability of about their
 * Jaccard likeness, |A ∩ B| / |A ∪ B| (Broder, "On the resemblance and containment of documents", 1997). One hash of
 * each n-gram serves for all numbers: its first bits choose the number, the others compete for it (one permutation
 * hashing: Li, Owen & Zhang, 2012). A number that nothing competed for is borrowed from one that is drawn by a hash of
 * its place (optimal densification: Shrivastava, 2017). Returns null for a text shorter than an n-gram.
 */
export function signatureOf(units: Uint16Array): Uint32Array | null {
  if (units.length < gramLength) return null
  const least = new Uint32Array(signatureLength).fill(empty)
  let low = (units[0] ?? 0) | ((units[1] ?? 0) << 16)
  for (let at = 0; at + gramLength <= units.length; at++) {
    const high = (units[at + 2] ?? 0) | ((units[at + 3] ?? 0) << 16)
    const hash = gramHash(low, high)
    const bin = hash >>> binShift
    const value = hash & valueMask
    if (value < (least[bin] ?? 0)) least[bin] = value
    low = (low >>> 16) | ((units[at + 2] ?? 0) << 16)
  }
  return densified(least)
}

function densified(least: Uint32Array): Uint32Array {
  const signature = least.slice()
  for (let bin = 0; bin < signatureLength; bin++) {
    for (let draw = 1; signature[bin] === empty; draw++) signature[bin] = least[gramHash(bin, draw) % signatureLength] ?? empty
  }
  return signature
}
