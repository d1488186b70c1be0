/** Parameters as people name sizes of models: 112M, 1.5B. */
export function parameterCount(parameters: bigint): string {
  const count = Number(parameters)
  return count >= 1e9 ? `${(count / 1e9).toFixed(1)}B` : count >= 1e6 ? `${Math.round(count / 1e6)}M` : `${Math.max(1, Math.round(count / 1e3))}K`
}
