/** A place on the map; distances on it come as near to the true ones as two dimensions allow. */
export type MapPoint = { x: number; y: number }

const mostRounds = 10_000
const closeEnough = 1e-10

/**
 * Classical multidimensional scaling (Torgerson 1952) of points given by their distances: the doubly centred squares' two largest
 * eigenvectors. The result is the same for the same distances: each axis is turned so that its largest coordinate is positive.
 * @param distances square, symmetric, zeros on the diagonal
 */
export function styleMap(distances: readonly (readonly number[])[]): MapPoint[] {
  const count = distances.length
  const squares = distances.map((row) => row.map((distance) => distance ** 2))
  const rowMeans = squares.map(mean)
  const whole = mean(rowMeans)
  const centred = squares.map((row, i) => row.map((square, j) => -0.5 * (square - (rowMeans[i] ?? 0) - (rowMeans[j] ?? 0) + whole)))
  const axes = [0, 1].map(() => takeAxis(centred))
  return Array.from({ length: count }, (_, index) => ({ x: axes[0]?.[index] ?? 0, y: axes[1]?.[index] ?? 0 }))
}

/**
 * The coordinates along the eigenvector of the largest eigenvalue, by power iteration; it is then taken out of the matrix, so that the
 * next call gives the next. Distances that no space has make some eigenvalues negative: all are raised above zero meanwhile.
 */
function takeAxis(matrix: number[][]): number[] {
  const raised = Math.max(...matrix.map((row) => row.reduce((sum, entry) => sum + Math.abs(entry), 0)))
  let vector = matrix.map((_, index) => Math.sin(index + 1))
  let value = 0
  for (let round = 0; round < mostRounds; round += 1) {
    const product = matrix.map((row, i) => row.reduce((sum, entry, index) => sum + entry * (vector[index] ?? 0), raised * (vector[i] ?? 0)))
    const length = Math.hypot(...product)
    if (length === 0) return matrix.map(() => 0)
    const next = product.map((entry) => entry / length)
    const moved = Math.hypot(...next.map((entry, index) => entry - (vector[index] ?? 0)))
    vector = next
    value = length - raised
    if (moved < closeEnough) break
  }
  if (value <= raised * closeEnough) return matrix.map(() => 0)
  matrix.forEach((row, i) => row.forEach((entry, j) => {
    row[j] = entry - value * (vector[i] ?? 0) * (vector[j] ?? 0)
  }))
  const largest = vector.reduce((most, entry) => (Math.abs(entry) > Math.abs(most) + closeEnough ? entry : most), 0)
  return vector.map((entry) => entry * Math.sqrt(value) * Math.sign(largest))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
