import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { artifactPath, inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { startPairCheck, pairCheckStanding } from '@/lib/stages/pairs/checks'
import { exportDataset } from '@/lib/stages/pairs/dataset-export'
import { startDataset } from '@/lib/stages/pairs/datasets'
import { decidePair } from '@/lib/stages/pairs/decisions'
import { filterOf } from '@/lib/stages/pairs/filter'
import { deletePairImport, importRejections, receivePairs, rereadPairs } from '@/lib/stages/pairs/imports'
import type { PairSource } from '@/lib/stages/pairs/source'
import { countPairs, pairPage } from '@/lib/stages/pairs/table'
import { saveStoryPrompt } from '@/lib/stages/prompts/prompts'
import { resolveModel } from '@/lib/stages/models'
import { startTokenCount, tokenLengths, trainingOrdinals } from '@/lib/stages/pairs/token-counts'
import { expectInvariants } from '@/tests/support/invariants'
import { makeProject } from '@/tests/support/jobs'
import { bytesOf, jsonLines, modernProse, row, sendTest } from '@/tests/support/project-files'
import { runNext, runNextWell } from '@/tests/support/run-next'
import { smallModel } from '@/tests/support/small-model'
import { pairSettings } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()

const settings = { ...pairSettings, splitBy: 'novel' as const, duplicates: 'one' as const }
const all = filterOf(new URLSearchParams())
const alpaca = (premise: string, passage: string) => ({ instruction: '', input: premise, output: passage })

async function importing(projectId: string, content: string, name = 'pairs.json') {
  const file = await receivePairs(projectId, name, bytesOf(content))
  await runNextWell()
  return db().pairImport.findUniqueOrThrow({ where: { id: file.id } })
}

describe('a file of pairs', () => {
  it('becomes pairs to review, what is wrong with the others stays line by line, and the same file again is the same import', async () => {
    const projectId = await makeProject()
    const content = jsonLines([alpaca('写雪', modernProse(200, 1)), alpaca('', 'x'), alpaca('写灯', '灯灭了。\n')])
    const file = await importing(projectId, content, '../../a\u202e.json')
    expect(file).toMatchObject({ fileName: 'a.json', format: 'alpaca', encoding: 'utf-8', accepted: 2, rejected: 1 })
    expect(await importRejections(file.id, 10)).toMatchObject([{ line: 2, code: 'record.empty-text' }])
    const source: PairSource = { kind: 'import', id: file.id }
    const rows = await pairPage(source, all, null)
    expect(rows.map(({ premise, register, characters, verdict }) => [premise, register, characters > 0, verdict])).toEqual([['写雪', 'modern', true, 'undecided'], ['写灯', rows[1]?.register, true, 'undecided']])
    expect((await receivePairs(projectId, 'other.json', bytesOf(content))).id).toBe(file.id)
    await expectInvariants(env().databaseUrl)
  })

  it('can be read as something else, and be removed', async () => {
    const projectId = await makeProject()
    const file = await importing(projectId, jsonLines([{ instruction: '写一段', input: '雪', output: '雪停了。' }]))
    await rereadPairs(projectId, file.id, 'json-lines')
    await runNextWell()
    expect(await pairPage({ kind: 'import', id: file.id }, all, null)).toMatchObject([{ premise: '雪' }])
    await rereadPairs(projectId, file.id, 'csv')
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: 'pairs.no-columns' })
    await expect(rereadPairs(await makeProject(), file.id, null)).rejects.toMatchObject({ code: 'run.missing' })
    await deletePairImport(projectId, file.id)
    expect([await db().pairImport.count({ where: { projectId } }), await db().importedPair.count({ where: { pairImportId: file.id } })]).toEqual([0, 0])
  })

  it('without a pair in it fails and says why, its reasons kept; an empty one is not taken at all', async () => {
    const projectId = await makeProject()
    await expect(receivePairs(projectId, 'a.json', bytesOf(''))).rejects.toMatchObject({ code: 'upload.empty' })
    const file = await receivePairs(projectId, 'a.json', bytesOf('{"a":1}\n'))
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: 'pairs.nothing-accepted' })
    expect(await importRejections(file.id, 10)).toMatchObject([{ line: 1, code: 'pairs.unknown-form' }])
  })
})

describe('imported pairs', () => {
  it('are checked, decided on, frozen and written for the trainer like any others, and what goes out comes back', async () => {
    const projectId = await makeProject()
    await sendTest(projectId, [row('雪夜归人敲开了旧宅的门。')])
    const passages = [1, 2, 3, 4, 5].map((seed) => modernProse(160, seed))
    const content = jsonLines([
      { premise: '雾中的渡口，老船夫等着天明。', passage: passages[0], novel: '渡口', split: 'validation' },
      { premise: '雾中的渡口，老船夫等着天黑。', passage: passages[1], novel: '渡口', split: 'training' },
      { premise: '雪夜，归人敲开旧宅的门', passage: passages[2], novel: '雪夜', split: 'training' },
      { premise: '药铺的掌柜拨着算盘。', passage: passages[3], novel: '药铺', split: 'training' },
      { premise: '女人当下了银镯子。', passage: `${passages[3]}末`, novel: '药铺', split: 'training' },
      { premise: '父亲牵走了耕牛。', passage: passages[4], novel: '药铺', split: 'training' },
    ])
    const file = await importing(projectId, content)
    const source: PairSource = { kind: 'import', id: file.id }
    await startPairCheck(projectId, source)
    expect((await runNextWell()).result).toMatchObject({ pairs: 6, premiseGroups: 1, passageGroups: 1, leaks: 1 })
    const found = (query: string) => countPairs(source, filterOf(new URLSearchParams(query)))
    expect([await found('duplicate=any'), await found('duplicate=rest'), await found('leak=yes')]).toEqual([4, 2, 1])
    const [first] = await pairPage(source, filterOf(new URLSearchParams('leak=yes')), null)
    expect(first).toMatchObject({ leakOf: '雪夜归人敲开了旧宅的门。', premise: '雪夜，归人敲开旧宅的门' })
    expect(await pairCheckStanding(projectId, source)).toMatchObject({ isStale: false })
    const last = (await pairPage(source, all, null)).at(-1)
    await decidePair(projectId, { kind: 'import', id: Number(last?.name.slice(1)) }, { edited: '父亲把耕牛牵走了。' })
    expect(await pairCheckStanding(projectId, source)).toMatchObject({ isStale: true })

    const version = await startDataset(projectId, [source], settings, '初版')
    await runNextWell()
    // Freezing looked the pairs through as they stood.
    expect(await pairCheckStanding(projectId, source)).toMatchObject({ isStale: false, found: { leaks: 1, premiseGroups: 1 } })
    const frozen = await db().datasetVersion.findUniqueOrThrow({ where: { id: version.id }, include: { pairs: { orderBy: { ordinal: 'asc' } } } })
    expect(frozen.pairs.map(({ premise, split, novel }) => [premise, split, novel])).toEqual([
      ['雾中的渡口，老船夫等着天明。', 'validation', '渡口'],
      ['药铺的掌柜拨着算盘。', 'training', '药铺'],
      ['父亲把耕牛牵走了。', 'training', '药铺'],
    ])
    const lines = readFileSync(inHome(artifactPath.trainingPairs(version.id)), 'utf8').trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual(frozen.pairs.filter(({ split }) => split === 'training').map(({ premise, passage }) => ({ premise, passage })))
    expect((await startDataset(projectId, [source], settings)).id).toBe(version.id)

    let text = ''
    for await (const piece of exportDataset(version.id, 'csv')) text += piece
    const other = await makeProject()
    const again = await importing(other, text, 'again.csv')
    const back = await startDataset(other, [{ kind: 'import', id: again.id }], settings)
    await runNextWell()
    expect(await db().datasetVersion.findUnique({ where: { id: back.id } })).toMatchObject({ sha256: frozen.sha256, trainingPairs: 2, validationPairs: 1 })
    await expectInvariants(env().databaseUrl)

    const model = await resolveModel(await smallModel())
    const prompt = await saveStoryPrompt(projectId, { system: '你是小说家。', template: '{{premise}}' })
    const { id } = await startTokenCount(projectId, { datasetVersionId: version.id, model: model.name, promptVersionId: prompt.id })
    await runNextWell()
    const at = await trainingOrdinals(version.id)
    const { lengths, training } = await tokenLengths({ id }, at, 64)
    expect(lengths).toHaveLength(3)
    expect(training).toEqual({ fit: 0, truncated: 2, dropped: 0, lost: lengths.slice(1).reduce((sum, length) => sum + length - 64, 0) })
    expect(await tokenLengths({ id }, at, Math.max(...lengths))).toMatchObject({ training: { fit: 2, truncated: 0, lost: 0 }, validation: { fit: 1 }, longest: [] })
    expect((await tokenLengths({ id }, at, 4)).training.dropped).toBe(2)
  })
})
