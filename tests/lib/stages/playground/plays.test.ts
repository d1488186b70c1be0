import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { deleteEndpoint, endpointAt } from '@/lib/llm/endpoints'
import { adapterDeletion, modelDeletion } from '@/lib/stages/models/deletion'
import { columnTexts } from '@/lib/stages/playground/column-texts'
import { playModels } from '@/lib/stages/playground/choices'
import { findPremises, premiseSources } from '@/lib/stages/playground/found-premises'
import { dropKept, keepPlaces, keepResult, keptOfPlay, keptOn } from '@/lib/stages/playground/kept-results'
import { findPlay, listPlays, ordinalOfPlay, startPlay } from '@/lib/stages/playground/plays'
import { askColumnAgain, stopColumns } from '@/lib/stages/playground/steering'
import { makeFrozenDataset } from '@/tests/support/frozen-dataset'
import { expectInvariants } from '@/tests/support/invariants'
import { makeProject } from '@/tests/support/jobs'
import { makeModels } from '@/tests/support/made-models'
import { columnAt, columnOf, columnsOfPlay, playSampling, startPlayOf } from '@/tests/support/plays'
import { sendTest } from '@/tests/support/project-files'
import { useStudio } from '@/tests/support/studio'

useStudio()
const url = 'http://127.0.0.1:1/v1'
// What waits of an earlier test would be taken for the reading of a file.
beforeEach(async () => void (await db().job.deleteMany()))

describe('starting a play', () => {
  it('makes a column for each writer, in their order; sent twice it is the play it was', async () => {
    const projectId = await makeProject()
    const order = { token: randomUUID(), premise: ' 雪夜 ', from: { kind: 'typed' as const }, columns: [await columnAt(projectId, url, { seed: 1 }), await columnAt(projectId, url, { seed: 2 })] }
    const play = await startPlay(projectId, order)
    expect((await startPlay(projectId, order)).id).toBe(play.id)
    expect((await startPlay(projectId, { ...order, premise: '江上' })).id).not.toBe(play.id)
    await db().play.delete({ where: { projectId_ordinal: { projectId, ordinal: 2 } } })
    expect(play).toMatchObject({ ordinal: 1, premise: '雪夜', reference: null })
    const columns = await columnsOfPlay(play.id)
    expect(columns.map(({ place, state, text, settings }) => [place, state, text, settings])).toEqual(
      [1, 2].map((seed, place) => [place, 'waiting', '', { writer: order.columns[place]?.writer, sampling: { ...playSampling, seed } }]),
    )
    expect(columns[0]?.jobId).toBe(columns[1]?.jobId)
    expect(await ordinalOfPlay(projectId, play.id)).toBe(1)
    expect(await ordinalOfPlay(projectId, 'no id')).toBeNull()
    expect(await listPlays(projectId)).toMatchObject([{ ordinal: 1, premise: '雪夜', isLive: true }])
  })

  it('sent at once more than once it is one play', async () => {
    const projectId = await makeProject()
    const order = { token: randomUUID(), premise: '雪夜', from: { kind: 'typed' as const }, columns: [await columnAt(projectId, url)] }
    const plays = await Promise.all([1, 2, 3, 4].map(() => startPlay(projectId, order)))
    expect(new Set(plays.map(({ id }) => id)).size).toBe(1)
    expect([await db().play.count({ where: { projectId } }), await db().job.count({ where: { projectId } })]).toEqual([1, 1])
  })

  it('has what needs another engine done by another job: a base and its adapter share one, a merged model and an endpoint do not', async () => {
    const { base, run, adapter, merged } = await makeModels('base-of-plays')
    const { projectId } = run
    const play = await startPlayOf(projectId, [
      await columnAt(projectId, url),
      await columnOf(projectId, { kind: 'engine', modelId: base.id }),
      await columnOf(projectId, { kind: 'adapter', adapterId: adapter.id }),
      await columnOf(projectId, { kind: 'engine', modelId: merged.id }),
    ])
    const columns = (await findPlay(projectId, play.ordinal))?.columns ?? []
    expect(columns.map(({ job }) => [job.lane, job.engineModelId])).toEqual([['cpu', null], ['gpu', base.id], ['gpu', base.id], ['gpu', merged.id]])
    expect(new Set(columns.map(({ jobId }) => jobId)).size).toBe(3)
    expect(columns.map(({ writerName }) => writerName)).toEqual([expect.stringMatching(/^writer · /), base.name, `${base.name} + ${merged.name}`, merged.name])
    const busy = `${(await db().project.findUniqueOrThrow({ where: { id: projectId } })).name} ${play.ordinal}`
    expect((await modelDeletion(base.id))?.busy).toContain(busy)
    expect((await adapterDeletion(adapter.id))?.busy).toEqual([busy])
    const offered = await playModels(projectId)
    expect(offered.filter(({ promptVersionId }) => promptVersionId === run.promptVersionId).map(({ kind, value }) => [kind, value])).toEqual([['adapter', `adapter:${adapter.id}`], ['merged', `engine:${merged.name}`]])
  })

  it('is refused for what is not there, for a prompt of another project, and for too many columns', async () => {
    const projectId = await makeProject()
    const column = await columnAt(projectId, url)
    const other = await columnAt(await makeProject(), url)
    await expect(startPlayOf(projectId, [other])).rejects.toMatchObject({ code: 'run.missing', params: { what: 'prompt version' } })
    await expect(startPlayOf(projectId, [{ ...column, writer: { kind: 'endpoint', endpointId: randomUUID(), model: 'm' } }])).rejects.toMatchObject({ code: 'endpoint.missing' })
    await expect(startPlayOf(projectId, [{ ...column, writer: { kind: 'engine', modelId: randomUUID() } }])).rejects.toMatchObject({ code: 'run.missing' })
    await expect(startPlayOf(projectId, [{ ...column, writer: { kind: 'adapter', adapterId: randomUUID() } }])).rejects.toMatchObject({ code: 'run.missing' })
    await expect(startPlayOf(projectId, [column, column, column, column, column])).rejects.toThrow()
    await expect(startPlayOf(projectId, [])).rejects.toThrow()
    await expect(startPlayOf(projectId, [column], { premise: '  ' })).rejects.toThrow()
    await expect(startPlayOf(projectId, [column], { premise: '长'.repeat(4001) })).rejects.toThrow()
    expect(await db().play.count({ where: { projectId } })).toBe(0)
  })

  it('says of a writer that was deleted that it is', async () => {
    const { base, run, adapter } = await makeModels('base-that-goes')
    await db().adapter.update({ where: { id: adapter.id }, data: { deletedAt: new Date() } })
    await expect(startPlayOf(run.projectId, [await columnOf(run.projectId, { kind: 'adapter', adapterId: adapter.id })])).rejects.toMatchObject({ code: 'adapter.deleted' })
    await db().model.update({ where: { id: base.id }, data: { deletedAt: new Date() } })
    await expect(startPlayOf(run.projectId, [await columnOf(run.projectId, { kind: 'engine', modelId: base.id })])).rejects.toMatchObject({ code: 'model.deleted' })
  })
})

describe('the premise of a play', () => {
  it('of a held-out pair brings the passage it was written for, and so does one that says the same', async () => {
    const { projectId, datasetVersionId } = await makeFrozenDataset()
    const [pair] = await findPremises(projectId, { kind: 'pairs', datasetVersionId }, '', null)
    expect(pair).toMatchObject({ number: 8, premise: '第7日，江上有雪。', from: { kind: 'pair', datasetVersionId, ordinal: 7 } })
    const column = await columnAt(projectId, url)
    const given = { premise: pair?.premise ?? '', from: pair?.from ?? { kind: 'typed' as const } }
    const known = { datasetVersionId, pairOrdinal: 7, reference: expect.stringContaining('今天是第7天了') }
    expect(await startPlayOf(projectId, [column], given)).toMatchObject(known)
    expect(await startPlayOf(projectId, [column], { premise: given.premise })).toMatchObject(known)
    expect(await startPlayOf(projectId, [column], { ...given, premise: `${given.premise}改` })).toMatchObject({ datasetVersionId: null, reference: null })
    // Another project's pair is nobody's here.
    const other = await makeProject()
    expect(await startPlayOf(other, [await columnAt(other, url)], given)).toMatchObject({ datasetVersionId: null, reference: null })
  })

  it('of a test row keeps its instruction, and an output that it came with', async () => {
    const projectId = await makeProject()
    const upload = await sendTest(projectId, [{ instruction: '写一段', input: '雪夜', output: '' }, { instruction: '写一段', input: '江上', output: '江上有船。' }, { instruction: '只有要求', input: ' ' }])
    const file = await db().testFile.findUniqueOrThrow({ where: { uploadId: upload.id }, include: { rows: { orderBy: { ordinal: 'asc' } } } })
    const column = await columnAt(projectId, url)
    const [first, second, third] = file.rows.map(({ id }) => id)
    expect(await startPlayOf(projectId, [column], { premise: '雪夜', from: { kind: 'row', testRowId: first ?? 0 } })).toMatchObject({ testRowId: first, instruction: '写一段', reference: null })
    expect(await startPlayOf(projectId, [column], { premise: '江上', from: { kind: 'row', testRowId: second ?? 0 } })).toMatchObject({ testRowId: second, reference: '江上有船。' })
    expect(await startPlayOf(projectId, [column], { premise: '只有要求', from: { kind: 'row', testRowId: third ?? 0 } })).toMatchObject({ testRowId: third })
    expect(await startPlayOf(projectId, [column], { premise: '别的', from: { kind: 'row', testRowId: first ?? 0 } })).toMatchObject({ testRowId: null, instruction: '' })
  })

  it('is found by number, by words, and by chance, which the same draw gives again', async () => {
    const projectId = await makeProject()
    const upload = await sendTest(projectId, Array.from({ length: 45 }, (_, at) => ({ instruction: '', input: `第${at + 1}夜${at === 9 ? '，下了100%的雪' : ''}`, output: '' })))
    const file = await db().testFile.findUniqueOrThrow({ where: { uploadId: upload.id } })
    const source = { kind: 'rows', testFileId: file.id } as const
    const numbers = async (words: string, draw: number | null = null) => (await findPremises(projectId, source, words, draw)).map(({ number }) => number)
    expect(await numbers('')).toEqual(Array.from({ length: 30 }, (_, at) => at + 1))
    expect(await numbers('42')).toEqual([42])
    expect((await numbers('4'))[0]).toBe(4)
    expect(await numbers('100%')).toEqual([10])
    expect(await numbers('没有这样的')).toEqual([])
    const drawn = await numbers('', 7)
    expect(drawn).toHaveLength(30)
    expect(await numbers('', 7)).toEqual(drawn)
    expect(await numbers('', 8)).not.toEqual(drawn)
    expect(await findPremises(await makeProject(), source, '', null)).toEqual([])
    expect(await premiseSources(projectId)).toMatchObject([{ kind: 'rows', name: 'test.json', count: 45 }])
  })
})

describe('stopping and asking again', () => {
  it('a play that nobody has begun is stopped at once, its job cancelled; asked again it waits', async () => {
    const projectId = await makeProject()
    const play = await startPlayOf(projectId, [await columnAt(projectId, url), await columnAt(projectId, url)])
    await stopColumns(projectId, play.id, [1])
    expect((await columnTexts(play.id, [])).map(({ state, wait }) => [state, wait])).toEqual([['waiting', 'queue'], ['stopped', null]])
    await expect(askColumnAgain(projectId, play.id, 1)).rejects.toMatchObject({ code: 'play.still-writing' })
    await stopColumns(projectId, play.id, null)
    expect((await findPlay(projectId, null))?.columns.map(({ state, job }) => [state, job.state])).toEqual([['stopped', 'cancelled'], ['stopped', 'cancelled']])
    await askColumnAgain(projectId, play.id, 1)
    expect((await columnsOfPlay(play.id)).map(({ state, stopRequested }) => [state, stopRequested])).toEqual([['stopped', true], ['waiting', false]])
    await expect(stopColumns(await makeProject(), play.id, null)).rejects.toMatchObject({ code: 'run.missing' })
    await expect(askColumnAgain(await makeProject(), play.id, 0)).rejects.toMatchObject({ code: 'run.missing' })
  })

  it('says of a job that gave up what it said', async () => {
    const projectId = await makeProject()
    const play = await startPlayOf(projectId, [await columnAt(projectId, url)])
    const [column] = await columnsOfPlay(play.id)
    await db().job.update({ where: { id: column?.jobId }, data: { state: 'failed', errorCode: 'job.attempts-used-up', errorParams: { attempts: 10 }, errorText: 'gone' } })
    expect(await columnTexts(play.id, [])).toMatchObject([{ state: 'failed', error: { code: 'job.attempts-used-up', params: { attempts: 10 } } }])
    await expect(columnTexts(randomUUID(), [])).rejects.toMatchObject({ code: 'run.missing' })
  })
})

describe('a result that is kept', () => {
  it('stands on the run that its model came from, with a word that can change, until it is removed', async () => {
    const { run, adapter } = await makeModels('base-of-notes')
    const { projectId } = run
    const play = await startPlayOf(projectId, [await columnOf(projectId, { kind: 'adapter', adapterId: adapter.id }), await columnAt(projectId, url)])
    const on = { kind: 'training', id: run.id } as const
    const places = await keepPlaces(projectId, play.id)
    expect([places.get(0)?.[0], places.get(1)?.[0]]).toMatchObject([{ on, isOwn: true }, { on, isOwn: false }])
    await expect(keepResult(projectId, play.id, 0, on, '')).rejects.toMatchObject({ code: 'play.nothing-to-keep' })
    await db().playColumn.update({ where: { playId_place: { playId: play.id, place: 0 } }, data: { state: 'stopped', text: '雪落了。' } })
    await keepResult(projectId, play.id, 0, on, ' 语气好 ')
    await keepResult(projectId, play.id, 0, on, '语气好，结尾弱')
    expect(await keptOn(on)).toMatchObject([{ note: '语气好，结尾弱', column: { text: '雪落了。', play: { premise: '雪夜里归来的旅人' } } }])
    expect(await keptOfPlay(play.id)).toMatchObject([{ place: 0, trainingRun: { ordinal: run.ordinal } }])
    await expect(keepResult(projectId, play.id, 0, { kind: 'story', id: randomUUID() }, '')).rejects.toMatchObject({ code: 'run.missing' })
    await expect(keepResult(await makeProject(), play.id, 0, on, '')).rejects.toMatchObject({ code: 'run.missing' })
    await expectInvariants(env().databaseUrl)
    const [kept] = await keptOn(on)
    await expect(dropKept(await makeProject(), kept?.id ?? '')).rejects.toMatchObject({ code: 'run.missing' })
    await dropKept(projectId, kept?.id ?? '')
    expect(await keptOn(on)).toEqual([])
  })

  it('outlives the endpoint that wrote it', async () => {
    const projectId = await makeProject()
    const endpoint = await endpointAt(url, 'completions', null)
    const play = await startPlayOf(projectId, [await columnOf(projectId, { kind: 'endpoint', endpointId: endpoint.id, model: 'gone' })])
    await deleteEndpoint(endpoint.id)
    expect((await columnsOfPlay(play.id))[0]).toMatchObject({ endpointId: null, writerName: expect.stringMatching(/^gone · /) })
  })
})
