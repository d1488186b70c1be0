import { codePoints } from '@/lib/text/counts'
import { cutPassages, type Passage, type PassageLengths } from '@/lib/text/passages'
import { sceneBreaks } from '@/lib/text/scenes'

// What a passage costs: one under the minimum most, then each cut inside scenes, then each scene joined to another,
// then the distance from the target.
const SHORT_COST = 1e6
const INSIDE_COST = 1e3
const JOIN_COST = 10

interface Scene {
  startUnit: number
  endUnit: number
  start: number
  end: number
  /** Code points without the blank space at its end. */
  prose: number
}

/**
 * Cuts a chapter at its scenes: those under the minimum are joined to a neighbour, those over the maximum are cut
 * by the rule of `cutPassages`, and of all ways to do so the cheapest is taken. The passages partition the text.
 */
export function cutScenes(text: string, lengths: PassageLengths): Passage[] {
  const scenes = scenesOf(text)
  return cheapestGroups(scenes, lengths).flatMap(([first, last]) => cutGroup(text, scenes, first, last, lengths))
}

function scenesOf(text: string): Scene[] {
  const units = [0, ...sceneBreaks(text).map((each) => each.unit), text.length]
  const scenes: Scene[] = []
  let start = 0
  for (let at = 0; at + 1 < units.length; at += 1) {
    const [startUnit, endUnit] = [units[at] ?? 0, units[at + 1] ?? 0]
    const scene = text.slice(startUnit, endUnit)
    if (scene === '') continue
    const end = start + codePoints(scene)
    scenes.push({ startUnit, endUnit, start, end, prose: codePoints(scene.trimEnd()) })
    start = end
  }
  return scenes
}

/** The first and last scene of each group, in order. */
function cheapestGroups(scenes: readonly Scene[], lengths: PassageLengths): [number, number][] {
  const costs = [0]
  const froms = [0]
  scenes.forEach((scene, last) => {
    let best = Infinity
    let from = last
    let longest = 0
    for (let first = last; first >= 0; first -= 1) {
      const begins = scenes[first]
      if (!begins) break
      longest = Math.max(longest, begins.end - begins.start)
      const cost = (costs[first] ?? 0) + costOf(scenes, first, last, lengths)
      if (cost < best) {
        best = cost
        from = first
      }
      // Beside a scene that must be cut anyway only what is too short for itself is worth joining.
      const whole = scene.end - begins.start
      if (whole > lengths.maximum && whole - longest >= lengths.minimum) break
    }
    costs.push(best)
    froms.push(from)
  })
  const groups: [number, number][] = []
  for (let end = scenes.length; end > 0; end = froms[end] ?? 0) groups.push([froms[end] ?? 0, end - 1])
  return groups.reverse()
}

function costOf(scenes: readonly Scene[], first: number, last: number, { target, minimum, maximum }: PassageLengths): number {
  const [begins, ends] = [scenes[first], scenes[last]]
  if (!begins || !ends) return Infinity
  const whole = ends.end - begins.start
  const prose = ends.start + ends.prose - begins.start
  const passages = whole <= maximum ? 1 : Math.ceil(prose / maximum) || 1
  const off = prose / passages / target - 1
  return (prose < passages * minimum ? SHORT_COST : 0) + (passages - 1) * INSIDE_COST + (last - first) * JOIN_COST + passages * off * off
}

function cutGroup(text: string, scenes: readonly Scene[], first: number, last: number, lengths: PassageLengths): Passage[] {
  const [begins, ends] = [scenes[first], scenes[last]]
  if (!begins || !ends) return []
  return cutPassages(text.slice(begins.startUnit, ends.endUnit), lengths).map((passage) => ({
    ...passage,
    start: passage.start + begins.start,
    end: passage.end + begins.start,
    startUnit: passage.startUnit + begins.startUnit,
    endUnit: passage.endUnit + begins.startUnit,
  }))
}
