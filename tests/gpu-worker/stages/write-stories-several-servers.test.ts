import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { createEndpoint } from '@/lib/llm/endpoints'
import { saveStoryPrompt } from '@/lib/stages/prompts/prompts'
import { addressesOf } from '@/lib/stages/stories/addresses'
import { startStories } from '@/lib/stages/stories/stories'
import { testFileOfUpload } from '@/lib/stages/stories/test-files'
import { expectInvariants } from '@/tests/support/invariants'
import { makeProject } from '@/tests/support/jobs'
import { says, startOpenaiServer, type Behaviour, type TestServer } from '@/tests/support/openai-server'
import { row, sendTest } from '@/tests/support/project-files'
import { runNextWell } from '@/tests/support/run-next'
import { serverKey, storySampling } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()
const inputs = Array.from({ length: 24 }, (_, index) => `第${index}个人在雪夜里归来`)
let projectId: string
let testFileId: string
beforeEach(async () => {
  await db().job.deleteMany()
  projectId = await makeProject()
  testFileId = (await testFileOfUpload((await sendTest(projectId, inputs.map(row))).id))?.id ?? ''
})

const tells: Behaviour = (asked) => says(asked, `${asked.prompt}，推开门坐在灯下。`)

const orderOf = (endpointId: string, promptVersionId: string, seed = storySampling.seed) => ({ testFileId, promptVersionId, settings: { writer: { kind: 'endpoint' as const, endpointId, model: 'writer' }, sampling: { ...storySampling, seed, concurrency: 6 } } })

async function startOver(servers: readonly TestServer[]) {
  const [first, ...others] = servers.map(({ url }) => url)
  const endpoint = await createEndpoint({ name: `list ${first}`, baseUrl: first ?? '', otherUrls: others, style: 'chat', key: serverKey })
  const prompt = await saveStoryPrompt(projectId, { system: '', template: '{{premise}}' })
  return startStories(projectId, orderOf(endpoint.id, prompt.id))
}

describe('a run over several servers', () => {
  it('has every row written once though one dies and one runs another model, and says who wrote what', async () => {
    const well = await startOpenaiServer(tells)
    const other = await startOpenaiServer((asked) => says(asked, '别的故事，不该留下。', { model: 'cheaper' }))
    const dying: TestServer = await startOpenaiServer(async (asked, count) => {
      // The word that it is asked for comes first.
      if (count === 3) await dying.die()
      return tells(asked, count)
    })
    const run = await startOver([well, dying, other])
    await runNextWell()
    const stories = await db().story.findMany({ where: { storyRunId: run.id }, include: { testRow: true } })
    expect(stories).toHaveLength(inputs.length)
    for (const { text, testRow } of stories) expect(text).toBe(`${testRow.input}，推开门坐在灯下。`)
    expect(await db().storyTry.count({ where: { storyRunId: run.id } })).toBe(inputs.length)
    expect([well, dying, other].flatMap(({ log }) => log).every(({ key }) => key === serverKey)).toBe(true)
    const addresses = await addressesOf({ id: run.id, endpointId: run.endpointId })
    expect(addresses.map(({ url }) => url)).toEqual([well.url, dying.url, other.url])
    expect(addresses.reduce((sum, { stories: wrote }) => sum + wrote, 0)).toBe(inputs.length)
    expect(addresses[1]?.stories).toBeGreaterThan(0)
    expect(addresses[2]).toEqual({ url: other.url, stories: 0, away: null })
    const lines = await db().logLine.findMany({ where: { jobId: run.jobId, source: 'endpoint' } })
    const told = lines.map(({ text }) => text).join('\n')
    expect(told).toContain(`away: ${other.url} runs the model cheaper`)
    expect(told).toContain(`away: ${dying.url} cannot be reached`)
    await expectInvariants(env().databaseUrl)
  })

  it('shows which is away while it is asked', async () => {
    const down = await startOpenaiServer(tells)
    await down.die()
    let seen: Awaited<ReturnType<typeof addressesOf>> | undefined
    const well = await startOpenaiServer(async (asked, count) => {
      // Long enough in the run for the other to have been looked for.
      if (count === 3) seen = await expect.poll(async () => (await addressesOf(run))[1]?.away, { timeout: 20_000 }).not.toBeNull().then(() => addressesOf(run))
      return tells(asked, count)
    })
    const run = await startOver([well, down])
    // What another run of the same endpoint has found is its own.
    const endpointId = run.endpointId ?? ''
    const another = await startStories(projectId, orderOf(endpointId, run.promptVersionId ?? '', 99))
    await db().endpointAway.create({ data: { jobId: another.jobId, endpointId, url: well.url, errorCode: 'endpoint.other-model', errorParams: {} } })
    await runNextWell()
    expect(await db().endpointAway.findMany()).toMatchObject([{ jobId: another.jobId, url: well.url }])
    expect(seen?.[0]).toMatchObject({ url: well.url, away: null })
    expect(seen?.[1]).toMatchObject({ url: down.url, stories: 0, away: { errorCode: 'endpoint.unreachable', errorParams: { url: down.url } } })
    expect((await addressesOf(run))[1]).toMatchObject({ away: null })
  })
})
