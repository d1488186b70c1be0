type Written = {
  servedName: string | null
  model: { name: string } | null
  endpoint: { name: string } | null
}

/** Who wrote a run's stories: what the server itself answered with, once it has; until then what was asked for. */
export function writerName(run: Written): string {
  const asked = run.model?.name ?? run.endpoint?.name ?? '–'
  if (run.servedName === null || run.servedName === asked) return asked
  return run.endpoint ? `${run.servedName} · ${run.endpoint.name}` : run.servedName
}
