/**
 * The x ≥ 0 that makes the rows' products with it come nearest to `wanted`, each row weighed by 1 ÷ wanted so that it is
 * the share that counts. By normal equations; an unknown that would be negative is left out and the rest solved again.
 */
export function leastSquares(rows: readonly (readonly number[])[], wanted: readonly number[]): number[] {
  const unknowns = rows[0]?.length ?? 0
  let kept = Array.from({ length: unknowns }, (_, index) => index)
  for (;;) {
    const solved = solve(normal(rows, wanted, kept))
    const worst = solved.reduce((least, value, at) => (value < (solved[least] ?? 0) ? at : least), 0)
    if ((solved[worst] ?? 0) >= 0) return Array.from({ length: unknowns }, (_, index) => solved[kept.indexOf(index)] ?? 0)
    kept = kept.filter((_, at) => at !== worst)
  }
}

/** AᵀA | Aᵀb of the rows, relative to what is wanted. */
function normal(rows: readonly (readonly number[])[], wanted: readonly number[], kept: readonly number[]): number[][] {
  const shares = rows.map((row, index) => kept.map((column) => (row[column] ?? 0) / (wanted[index] ?? 1)))
  const sum = (of: (share: number[]) => number) => shares.reduce((all, share) => all + of(share), 0)
  return kept.map((_, i) => [...kept.map((__, j) => sum((share) => (share[i] ?? 0) * (share[j] ?? 0))), sum((share) => share[i] ?? 0)])
}

/** Gaussian elimination with pivots. */
function solve(matrix: number[][]): number[] {
  const size = matrix.length
  for (let column = 0; column < size; column++) {
    const pivot = Array.from({ length: size - column }, (_, index) => column + index).reduce((best, row) => (Math.abs(matrix[row]?.[column] ?? 0) > Math.abs(matrix[best]?.[column] ?? 0) ? row : best), column)
    const [chosen = [], other = []] = [matrix[pivot], matrix[column]]
    matrix[column] = chosen
    matrix[pivot] = other
    for (let row = 0; row < size; row++) {
      const lead = chosen[column] ?? 0
      if (row === column || lead === 0) continue
      const factor = (matrix[row]?.[column] ?? 0) / lead
      matrix[row] = (matrix[row] ?? []).map((value, at) => value - factor * (chosen[at] ?? 0))
    }
  }
  return matrix.map((row, index) => {
    const lead = row[index] ?? 0
    return lead === 0 ? 0 : (row[size] ?? 0) / lead
  })
}
