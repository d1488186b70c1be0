/** One comparison of two models, named by their places: `tie` when both were as good or as bad. */
export type Comparison = { left: number; right: number; winner: 'left' | 'right' | 'tie' }

/** Strengths as logarithms with mean 0; a model is e^(a-b) times as likely to win against another as to lose. `tie` is Davidson's ν. */
export type Strengths = { strengths: number[]; tie: number }

const mostRounds = 10_000
const closeEnough = 1e-9

/**
 * The Bradley–Terry model with ties (Davidson 1970, JASA 65:317): P(i over j) = πi / (πi + πj + ν√(πiπj)), fitted by his iteration.
 * `prior` is how many comparisons, half of them won by each, are thought in between any two models that met: without it a model that won
 * everything would be infinitely strong.
 */
export function bradleyTerry(models: number, comparisons: readonly Comparison[], prior = 0.5): Strengths {
  const met = square(models)
  const points = Array.from({ length: models }, () => 0)
  let ties = 0
  for (const { left, right, winner } of comparisons) {
    add(met, left, right, 1)
    points[left] = (points[left] ?? 0) + (winner === 'left' ? 1 : winner === 'tie' ? 0.5 : 0)
    points[right] = (points[right] ?? 0) + (winner === 'right' ? 1 : winner === 'tie' ? 0.5 : 0)
    if (winner === 'tie') ties += 1
  }
  const pairs = pairsOf(models).filter(([one, other]) => (met[one]?.[other] ?? 0) > 0)
  for (const [one, other] of pairs) {
    add(met, one, other, prior)
    points[one] = (points[one] ?? 0) + prior / 2
    points[other] = (points[other] ?? 0) + prior / 2
  }
  return fit(met, points, ties, pairs)
}

function fit(met: number[][], points: readonly number[], ties: number, pairs: readonly (readonly [number, number])[]): Strengths {
  let powers = points.map(() => 1)
  let tie = ties > 0 ? 1 : 0
  for (let round = 0; round < mostRounds; round += 1) {
    const expected = powers.map(() => 0)
    let tied = 0
    for (const [one, other] of pairs) {
      const [own, their, times] = [powers[one] ?? 1, powers[other] ?? 1, met[one]?.[other] ?? 0]
      const root = Math.sqrt(own * their)
      const share = times / (own + their + tie * root)
      expected[one] = (expected[one] ?? 0) + share * (1 + (tie / 2) * Math.sqrt(their / own))
      expected[other] = (expected[other] ?? 0) + share * (1 + (tie / 2) * Math.sqrt(own / their))
      tied += share * root
    }
    const next = powers.map((power, model) => (expected[model] ? (points[model] ?? 0) / expected[model] : power))
    const middle = Math.exp(next.reduce((sum, power) => sum + Math.log(power), 0) / next.length)
    const centred = next.map((power) => power / middle)
    const nextTie = tied > 0 ? ties / tied : 0
    const moved = Math.max(Math.abs(nextTie - tie), ...centred.map((power, model) => Math.abs(Math.log(power) - Math.log(powers[model] ?? 1))))
    ;[powers, tie] = [centred, nextTie]
    if (moved < closeEnough) break
  }
  return { strengths: powers.map(Math.log), tie }
}

/** Every two models once. */
export function pairsOf(models: number): [number, number][] {
  return Array.from({ length: models }, (_, one) => Array.from({ length: models - one - 1 }, (_, step): [number, number] => [one, one + step + 1])).flat()
}

function square(size: number): number[][] {
  return Array.from({ length: size }, () => Array.from({ length: size }, () => 0))
}

function add(matrix: number[][], one: number, other: number, amount: number): void {
  for (const [row, column] of [[one, other], [other, one]] as const) {
    const entries = matrix[row]
    if (entries) entries[column] = (entries[column] ?? 0) + amount
  }
}
