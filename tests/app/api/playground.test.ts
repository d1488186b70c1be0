import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { GET as getPlay } from '@/app/api/playground/[playId]/route'
import { GET as getPremises } from '@/app/api/playground/premises/route'
import { db } from '@/lib/db'
import { makeFrozenDataset } from '@/tests/support/frozen-dataset'
import { makeProject } from '@/tests/support/jobs'
import { columnAt, startPlayOf } from '@/tests/support/plays'
import { useStudio } from '@/tests/support/studio'

useStudio()
beforeEach(async () => void (await db().job.deleteMany()))

const columnsSchema = z.object({ columns: z.array(z.unknown()) })
const headers = { host: 'localhost:3000' }
const ofPlay = (playId: string, search = '', host = headers.host) => getPlay(new Request(`http://localhost:3000/api/playground/${playId}${search}`, { headers: { host } }), { params: Promise.resolve({ playId }) })
const ofPremises = (search: string) => getPremises(new Request(`http://localhost:3000/api/playground/premises?${search}`, { headers }))

describe('the words of a play', () => {
  it('are given from where the asker has them, in code points, and whole to whoever asks in another way', async () => {
    const projectId = await makeProject()
    const play = await startPlayOf(projectId, [await columnAt(projectId, 'http://127.0.0.1:1/v1')])
    await db().playColumn.updateMany({ where: { playId: play.id }, data: { state: 'written', text: '🌙夜雪。', epoch: 2, servedName: 'writer', finishReason: 'stop', pieces: 4 } })
    const texts = async (search: string) => columnsSchema.parse(await (await ofPlay(play.id, search)).json()).columns[0]
    expect(await texts('?have=0.2.2')).toMatchObject({ from: 2, text: '雪。', length: 4, state: 'written', error: null })
    for (const search of ['', '?have=0.1.2', '?have=nonsense', '?have=0.2']) expect(await texts(search)).toMatchObject({ from: 0, text: '🌙夜雪。' })
  })

  it('are refused to a strange host', async () => {
    expect((await ofPlay('a', '', 'evil.example')).status).toBe(403)
  })
})

describe('premises to take', () => {
  it('come with what the form needs to say where they are from', async () => {
    const { projectId, datasetVersionId } = await makeFrozenDataset()
    const found = await (await ofPremises(`project=${projectId}&kind=pairs&source=${datasetVersionId}&words=8`)).json()
    expect(found).toEqual({ premises: [{ number: 8, premise: '第7日，江上有雪。', title: '', from: { kind: 'pair', datasetVersionId, ordinal: 7 } }] })
    expect((await ofPremises(`project=${projectId}&kind=pairs&source=nothing`)).status).toBe(400)
    expect((await ofPremises(`project=${projectId}&kind=all&source=${datasetVersionId}`)).status).toBe(400)
  })
})
