import type { RefObject } from 'react'

const mostFrames = 90

/**
 * Brings a place of a chapter into the middle once it is drawn: the words that were found, a passage's mark, or the
 * paragraph that holds `at` (0 is the chapter's beginning, which is in sight already). Gives up after a second and a half.
 */
export function reveal(scroller: RefObject<HTMLElement | null>, chapterId: number, at: number, what: { passage?: number; hit?: boolean } = {}): void {
  let frames = 0
  const look = () => {
    const box = scroller.current
    const parts = [...(box?.querySelectorAll<HTMLElement>(`[data-chapter="${chapterId}"]`) ?? [])]
    const found = parts.length === 0 ? null : elementIn(parts, at, what)
    if (box && found) {
      const [inner, outer] = [found.getBoundingClientRect(), box.getBoundingClientRect()]
      const above = inner.top - outer.top
      if (above < 40 || above > outer.height * 0.8) box.scrollTop += above - outer.height / 3
      return
    }
    frames += 1
    if (frames < mostFrames) requestAnimationFrame(look)
  }
  if (at > 0 || what.passage !== undefined || what.hit) requestAnimationFrame(look)
}

function elementIn(parts: readonly HTMLElement[], at: number, { passage, hit }: { passage?: number; hit?: boolean }): HTMLElement | null {
  const first = (selector: string) => parts.map((part) => part.querySelector<HTMLElement>(selector)).find((found) => found !== null) ?? null
  if (hit) return first('[data-current]')
  if (passage !== undefined) return first(`#passage-${passage + 1}`)
  const paragraphs = parts.flatMap((part) => [...part.querySelectorAll<HTMLElement>('[data-at]')])
  const before = paragraphs.filter((paragraph) => Number(paragraph.dataset.at) <= at)
  return before.at(-1) ?? null
}
