import { beforeAll, describe, expect, it } from 'vitest'
import { samplePassages } from '@/lib/stages/passage-sample'
import { makeProject } from '@/tests/support/jobs'
import { classicalProse, modernProse, sendNovels } from '@/tests/support/project-files'
import { runNextWell } from '@/tests/support/run-next'
import { passageSettings, startSet } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()
const settings = { novels: { registers: ['modern' as const] }, passages: passageSettings }
let projectId: string
beforeAll(async () => {
  projectId = await makeProject()
})

describe('samplePassages', () => {
  it('is empty where no chapter takes part', async () => {
    expect(await samplePassages(projectId, settings)).toEqual({ shown: null, lengths: [], midParagraph: 0, estimate: 0, chapters: 0, characters: 0 })
  })

  it('says of a small project exactly what the cutting gives', async () => {
    await sendNovels(projectId, [
      { name: '路', text: modernProse(2_000) },
      { name: '史', text: classicalProse },
    ])
    const sample = await samplePassages(projectId, settings)
    await startSet(projectId)
    const job = await runNextWell()
    expect(job.result).toMatchObject({ found: sample.lengths.length })
    expect(sample.estimate).toBe(sample.lengths.length)
    expect(sample.chapters).toBe(1)
    expect(Math.max(...sample.lengths)).toBeLessThanOrEqual(passageSettings.maximum)
    expect(sample.shown?.passages.map(({ startUnit, endUnit }) => sample.shown?.text.slice(startUnit, endUnit)).join('')).toBe(sample.shown?.text)
  })

  it('takes part of a large one, the same each time, and estimates the whole', async () => {
    const large = await makeProject()
    await sendNovels(large, Array.from({ length: 30 }, (_, at) => ({ name: `书${at}`, text: modernProse(20_000, at) })))
    const sample = await samplePassages(large, settings)
    expect(await samplePassages(large, settings)).toEqual(sample)
    expect(sample.chapters).toBe(30)
    const cut = sample.lengths.reduce((sum, length) => sum + length, 0)
    expect(cut).toBeLessThan(sample.characters / 3)
    expect(sample.estimate * (cut / sample.lengths.length)).toBeGreaterThan(sample.characters * 0.95)
    expect(sample.estimate * (cut / sample.lengths.length)).toBeLessThan(sample.characters * 1.05)
  })
})
