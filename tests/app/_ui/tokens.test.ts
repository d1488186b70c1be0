import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync('app/globals.css', 'utf8')

function tokens(block: string): Record<string, string> {
  return Object.fromEntries([...block.matchAll(/--color-([\w-]+):\s*(#[0-9a-f]{6})/gi)].map((match) => [match[1], match[2]]))
}

const light = tokens(css.slice(css.indexOf('@theme'), css.indexOf("[data-theme='dark'] {")))
const dark = { ...light, ...tokens(css.slice(css.indexOf("[data-theme='dark'] {"), css.indexOf('@layer base'))) }

/** WCAG 2.2 relative luminance and contrast. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

describe.each([
  ['light', light],
  ['dark', dark],
])('the %s theme', (_, theme) => {
  const of = (name: string) => theme[name] ?? expect.unreachable(`no token ${name}`)
  const surfaces = ['paper', 'raised', 'wash']

  it.each(['ink', 'muted', 'seal', 'azurite', 'plum', 'malachite-text', 'gamboge-text', 'ochre-text'])('sets %s readably on every surface', (name) => {
    for (const surface of surfaces) expect(contrast(of(name), of(surface)), surface).toBeGreaterThanOrEqual(4.5)
  })

  it('sets the word on the primary button readably', () => {
    for (const ground of ['seal', 'seal-deep']) expect(contrast(of('on-seal'), of(ground))).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['edge', 'azurite', 'malachite', 'gamboge', 'plum', 'ochre'])('shows %s as a mark on paper and raised', (name) => {
    for (const surface of ['paper', 'raised']) expect(contrast(of(name), of(surface)), surface).toBeGreaterThanOrEqual(3)
  })
})
