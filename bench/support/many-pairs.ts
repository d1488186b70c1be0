import { randomUUID } from 'node:crypto'
import { copyRows, takeIds } from '@/lib/copy'
import { db, pool } from '@/lib/db'

const novels = 20
const chaptersOfNovel = 100
const sentence = '天还没亮，掌柜的已经点起了灯，江面上的冰一块一块地裂开，船都停在岸边等着。'
const people = ['掌柜', '船夫', '女学生', '老郎中', '账房', '巡警', '卖花人', '说书先生', '绣娘', '哑仆']
const deeds = ['等着天亮', '丢了钥匙', '收到旧信', '不肯开门', '连夜过江', '认错了人', '烧掉账本', '找回银镯', '听见钟声', '算错一笔账']

/** Words of every five-hundredth passage, which no premise has. */
export const rareWords = '灯塔亮了'

/** So many pairs of one premise run over twenty novels of a hundred chapters, with verdicts, flaws, scores, groups, leaks and passages left out as duplicates among them. */
export async function makeManyPairs(count: number): Promise<{ projectId: string; premiseRunId: string }> {
  const project = await db().project.create({ data: { name: 'bench' } })
  const projectId = project.id
  const job = async () => (await db().job.create({ data: { projectId, name: 'make-submission', subjectId: randomUUID(), lane: 'cpu', state: 'cancelled', idempotencyKey: randomUUID() } })).id
  const upload = await db().upload.create({ data: { projectId, kind: 'novels', fileName: 'bench.json', state: 'ready', jobId: await job() } })
  const set = await db().passageSet.create({ data: { projectId, ordinal: 1, settings: {}, jobId: await job() } })
  const prompt = await db().promptVersion.create({ data: { projectId, purpose: 'premise', version: 1, system: '', template: '{{passage}}', sha256: 'bench' } })
  const run = await db().premiseRun.create({ data: { projectId, ordinal: 1, passageSetId: set.id, promptVersionId: prompt.id, settings: {}, jobId: await job() } })

  const ofChapter = Math.ceil(count / (novels * chaptersOfNovel))
  const passage = sentence.repeat(8)
  const rare = passage.replace('天还没亮', rareWords)
  const textOf = (chapter: number) => Array.from({ length: ofChapter }, (_, at) => ((chapter * ofChapter + at) % 500 === 0 ? rare : passage)).join('')
  const text = passage.repeat(ofChapter)
  const client = await pool().connect()
  try {
    const novelIds = await takeIds(client, 'novel', novels)
    await copyRows(client, 'novel', ['id', 'project_id', 'upload_id', 'ordinal', 'title', 'characters', 'sha256'], novelIds.map((id, at) => [id, projectId, upload.id, at, `书${at}`, text.length * chaptersOfNovel, 'bench']))
    const chapterIds = await takeIds(client, 'chapter', novels * chaptersOfNovel)
    const registers = ['modern', 'modern', 'early_vernacular', 'classical']
    await copyRows(
      client,
      'chapter',
      ['id', 'novel_id', 'ordinal', 'heading', 'heading_evidence', 'text', 'characters', 'measured_register', 'function_density', 'clause_length'],
      chapterIds.map((id, at) => [id, novelIds[Math.floor(at / chaptersOfNovel)] ?? 0, at % chaptersOfNovel, `第${at}章`, 'heading', textOf(at), text.length, registers[Math.floor(at / chaptersOfNovel) % 4] ?? 'modern', 80, 8]),
    )
    const passageIds = await takeIds(client, 'passage', count)
    await copyRows(
      client,
      'passage',
      ['id', 'passage_set_id', 'chapter_id', 'ordinal', 'start_at', 'end_at', 'mid_paragraph'],
      passageIds.map((id, at) => [id, set.id, chapterIds[Math.floor(at / ofChapter)] ?? 0, at, (at % ofChapter) * passage.length, (at % ofChapter) * passage.length + passage.length - (at % 7), false]),
    )
    await copyRows(
      client,
      'premise',
      ['premise_run_id', 'passage_id', 'outcome', 'text', 'flaws', 'attempts', 'epoch', 'verdict', 'score', 'edited', 'premise_group', 'leak_of'],
      passageIds.map((id, at) => [
        run.id,
        id,
        at % 11 === 0 ? 'refused' : 'good',
        premiseOf(at),
        at % 11 === 0 ? '{too-long}' : at % 97 === 0 ? '{copied,repeated}' : '{}',
        1,
        0,
        at % 5 === 0 ? 'kept' : at % 13 === 0 ? 'rejected' : 'undecided',
        1 + (at % 5),
        at % 101 === 0 ? `${premiseOf(at)}改` : null,
        at % 50 === 0 ? at + 1 : null,
        at % 5000 === 0 ? premiseOf(at) : null,
      ]),
    )
    // Every fiftieth passage repeats the one before it, and every second of these was left out.
    const search = await db().duplicateSearch.create({ data: { projectId, ordinal: 1, passageSetId: set.id, settings: {}, stamp: 'bench', passages: count, jobId: await job() } })
    const repeats = passageIds.flatMap((id, at) => (at % 50 === 49 ? [{ first: passageIds[at - 1] ?? id, second: id }] : []))
    const groupIds = await takeIds(client, 'duplicate_group', repeats.length)
    await copyRows(client, 'duplicate_group', ['id', 'duplicate_search_id', 'level', 'ordinal', 'decision'], groupIds.map((id, at) => [id, search.id, 'passage', at, at % 2 === 0 ? 'one_kept' : 'undecided']))
    await copyRows(
      client,
      'duplicate_member',
      ['group_id', 'ordinal', 'passage_id', 'characters', 'likeness', 'exact', 'left_out'],
      repeats.flatMap(({ first, second }, at) => [
        [groupIds[at] ?? 0, 0, first, passage.length, 1, true, false],
        [groupIds[at] ?? 0, 1, second, passage.length, 0.9, false, at % 2 === 0],
      ]),
    )
    await client.query('ANALYZE')
  } finally {
    client.release()
  }
  return { projectId, premiseRunId: run.id }
}

function premiseOf(at: number): string {
  return `第${at}日，${people[at % people.length]}在渡口${deeds[Math.floor(at / 10) % deeds.length]}。`
}
