import { diffArrays } from 'diff'
import type { Example } from '@/lib/llm/prompts'
import type { FurtherStyle } from '@/lib/settings/premise-styles'
import type { PremisePrompt, PromptStyle } from '@/lib/settings/premises'
import { characterDiff, type Stretch } from '@/lib/text/character-diff'

/** How one text became another, piece by piece; of equal texts one piece, of two empty ones none. */
export type TextDiff = { isChanged: boolean; pieces: Stretch[] }

export type ExampleDiff =
  | { kind: 'same' | 'added' | 'removed'; example: Example; before: number | null; after: number | null }
  | { kind: 'changed'; passage: TextDiff; premise: TextDiff; before: number; after: number }

/** A setting of a style that differs: its name and both values. */
export type FigureDiff = { name: 'share' | 'minimumCharacters' | 'maximumCharacters' | 'maxTokens'; before: number | null; after: number | null }

export type PartDiff = { style: 'sentence' | FurtherStyle; system: TextDiff; template: TextDiff; examples: ExampleDiff[]; figures: FigureDiff[] }

/** What differs between two prompts: style by style the system's words, the template, and the examples row by row. */
export function diffPrompts(before: PremisePrompt, after: PremisePrompt): PartDiff[] {
  const styles = [...new Set([...before.styles, ...after.styles].map(({ style }) => style))]
  return [
    diffPart('sentence', before, after, []),
    ...styles.map((style) => {
      const a = before.styles.find((each) => each.style === style)
      const b = after.styles.find((each) => each.style === style)
      return diffPart(style, a ?? nothing, b ?? nothing, figuresOf(a, b))
    }),
  ]
}

/** Whether a part is word for word the same in both. */
export function isSame({ system, template, examples, figures }: PartDiff): boolean {
  return !system.isChanged && !template.isChanged && figures.length === 0 && examples.every(({ kind, ...row }) => kind === 'same' && 'before' in row && row.before === row.after)
}

/** Character by character. */
export function diffText(before: string, after: string): TextDiff {
  return { isChanged: before !== after, pieces: characterDiff(before, after) }
}

type Part = { system: string; template: string; examples: Example[] }
const nothing: Part = { system: '', template: '', examples: [] }

function diffPart(style: PartDiff['style'], before: Part, after: Part, figures: FigureDiff[]): PartDiff {
  return { style, system: diffText(before.system, after.system), template: diffText(before.template, after.template), examples: diffExamples(before.examples, after.examples), figures }
}

/** Rows that are equal are paired by the longest common sequence; between them the rows that went and came stand for each other in their order. */
function diffExamples(before: readonly Example[], after: readonly Example[]): ExampleDiff[] {
  const rows: ExampleDiff[] = []
  let from = 0
  let to = 0
  let gone: { example: Example; at: number }[] = []
  const flushGone = () => {
    for (const { example, at } of gone) rows.push({ kind: 'removed', example, before: at, after: null })
    gone = []
  }
  for (const change of diffArrays([...before], [...after], { comparator: (a, b) => a.passage === b.passage && a.premise === b.premise })) {
    for (const example of change.value) {
      if (change.removed) gone.push({ example, at: from++ })
      else if (change.added) {
        const old = gone.shift()
        const at = to++
        rows.push(
          old
            ? { kind: 'changed', passage: diffText(old.example.passage, example.passage), premise: diffText(old.example.premise, example.premise), before: old.at, after: at }
            : { kind: 'added', example, before: null, after: at },
        )
      } else {
        flushGone()
        rows.push({ kind: 'same', example, before: from++, after: to++ })
      }
    }
  }
  flushGone()
  return rows
}

const figureNames = ['share', 'minimumCharacters', 'maximumCharacters', 'maxTokens'] as const

function figuresOf(before: PromptStyle | undefined, after: PromptStyle | undefined): FigureDiff[] {
  return figureNames.flatMap((name) => (before?.[name] === after?.[name] ? [] : [{ name, before: before?.[name] ?? null, after: after?.[name] ?? null }]))
}
