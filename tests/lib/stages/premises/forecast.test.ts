import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { endpointAt } from '@/lib/llm/endpoints'
import { presets } from '@/lib/settings/presets'
import { everyPassage } from '@/lib/settings/selection'
import { forecastPremises } from '@/lib/stages/premises/forecast'
import { premiseRunFigures } from '@/lib/stages/premises/run-figures'
import { startPremises } from '@/lib/stages/premises/premises'
import { savePrice } from '@/lib/stages/premises/prices'
import { savePremisePrompt } from '@/lib/stages/prompts/prompts'
import { makeProject } from '@/tests/support/jobs'
import { says, startOpenaiServer } from '@/tests/support/openai-server'
import { modernProse, sendNovels } from '@/tests/support/project-files'
import { runNextWell } from '@/tests/support/run-next'
import { premiseSampling, startSet } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()
const prompt = { ...presets.kuwen.premises.prompt, template: '{{passage}}', system: '写提要。', examples: [], styles: [] }
let projectId: string
let passageSetId: string
beforeAll(async () => {
  projectId = await makeProject()
  await sendNovels(projectId, [{ name: '路', text: modernProse(2400) }])
  passageSetId = (await startSet(projectId)).id
  await runNextWell()
})

describe('the forecast of a run', () => {
  it('states its guesses while nothing is known, and then goes by what the model has answered', async () => {
    // One token for two characters of what is asked, 12 of answer.
    const server = await startOpenaiServer((asked) => says(asked, '江边的人等着天亮。', { promptTokens: (asked.body.messages ?? []).reduce((sum, { content }) => sum + content.length, 0) / 2, completionTokens: 12 }))
    const endpoint = await endpointAt(server.url, 'chat', null)
    const writer = { kind: 'endpoint' as const, endpointId: endpoint.id, model: 'writer' }
    const before = await forecastPremises(projectId, { passageSetId, prompt, sampling: premiseSampling, writer })
    expect(before).toMatchObject({ cost: null, milliseconds: null, basis: { reusedShare: 0, tokensPerCharacter: { from: 'guess' }, questionsEach: { from: 'guess' }, latencyMs: null } })

    await savePrice({ endpointId: endpoint.id, model: 'writer', currency: 'CNY', input: 2, output: 8 })
    const version = await savePremisePrompt(projectId, prompt)
    const run = await startPremises(projectId, { passageSetId, promptVersionId: version.id, settings: { writer, sampling: premiseSampling } })
    await runNextWell()
    const figures = await premiseRunFigures(run.id)

    // The same again would cost nothing; with another seed it would cost what it has cost.
    expect(await forecastPremises(projectId, { passageSetId, prompt, sampling: premiseSampling, writer })).toMatchObject({ questions: 0, cost: 0, basis: { reusedShare: 1 } })
    const after = await forecastPremises(projectId, { passageSetId, prompt, sampling: { ...premiseSampling, seed: 99 }, writer })
    expect(after.basis).toMatchObject({ tokensPerCharacter: { from: 'answers' }, completionTokens: { value: 12 }, questionsEach: { value: 1 }, latencyMs: { from: 'answers' } })
    expect(after.basis.tokensPerCharacter.value).toBeCloseTo(0.5)
    expect(after.questions).toBe(figures.asked)
    expect(after.cost ?? 0).toBeGreaterThan((figures.cost ?? 0) * 0.97)
    expect(after.cost ?? 0).toBeLessThan((figures.cost ?? 0) * 1.03)
  })

  it('counts the start of an engine in, as it took the model last time', async () => {
    const server = await startOpenaiServer((asked) => says(asked, '江边的人等着天亮。', { completionTokens: 12 }))
    const endpoint = await endpointAt(server.url, 'chat', null)
    const version = await savePremisePrompt(projectId, prompt)
    const run = await startPremises(projectId, { passageSetId, promptVersionId: version.id, settings: { writer: { kind: 'endpoint', endpointId: endpoint.id, model: 'slow' }, sampling: premiseSampling } })
    await runNextWell()
    // The same run as if an engine of this machine had served it, 30 s after its beginning.
    const model = await db().model.create({ data: { kind: 'base', name: 'tiny', directory: `models/${projectId}` } })
    const job = await db().job.findUniqueOrThrow({ where: { id: run.jobId } })
    const at = new Date((job.startedAt ?? job.queuedAt).getTime() + 31_000)
    await db().premiseAnswer.updateMany({ where: { premiseRunId: run.id }, data: { at, latencyMs: 1000 } })
    await db().premiseRun.update({ where: { id: run.id }, data: { modelId: model.id, endpointId: null } })
    const { basis, milliseconds, questions } = await forecastPremises(projectId, { passageSetId, prompt, sampling: premiseSampling, writer: { kind: 'engine', modelId: model.id } })
    expect(basis).toMatchObject({ latencyMs: { value: 1000 }, startMs: { from: 'answers' } })
    expect(basis.startMs?.value).toBeCloseTo(30_000, -1)
    expect(milliseconds).toBeCloseTo(30_000 + (questions * 1000) / Math.min(questions, premiseSampling.concurrency), -1)
  })

  it('is of the passages that are selected, and counts by a model’s own tokenizer only where it can', async () => {
    const endpoint = await endpointAt('http://localhost:9/v1', 'chat', null)
    const sampled = await forecastPremises(projectId, { passageSetId, prompt, sampling: premiseSampling, selection: { ...everyPassage, sample: { size: 5, seed: 1 } }, writer: { kind: 'endpoint', endpointId: endpoint.id, model: 'm' } })
    expect(sampled.basis.passages).toBe(5)
  })
})
