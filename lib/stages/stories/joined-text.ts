/** A shorter overlap is chance: a word that both happen to have at the seam. */
const [shortestOverlap, longestOverlap] = [6, 2_000]

/** A story and what a model went on with, as one text: where the model says the end of the story again, it stands there once. */
export function joinedText(story: string, more: string): string {
  if (more.startsWith(story)) return more.trim()
  const most = Math.min(longestOverlap, story.length, more.length)
  for (let overlap = most; overlap >= shortestOverlap; overlap--) {
    if (story.endsWith(more.slice(0, overlap))) return (story + more.slice(overlap)).trim()
  }
  return (story + more).trim()
}
