import { randomUUID } from 'node:crypto'
import type { Play, PlayColumn } from '@/lib/generated/prisma/client'
import { db } from '@/lib/db'
import { endpointAt } from '@/lib/llm/endpoints'
import type { PlaySampling } from '@/lib/settings/plays'
import { startPlay, type PlayOrder } from '@/lib/stages/playground/plays'
import { saveStoryPrompt } from '@/lib/stages/prompts/prompts'

export const playSampling: PlaySampling = { style: 'chat', temperature: 0.8, topP: 1, topK: 0, repetitionPenalty: 1, maxTokens: 128, seed: 9 }

type Column = PlayOrder['columns'][number]

/** A column asked of the test server at `url`, with a prompt of its own project. */
export async function columnAt(projectId: string, url: string, changes: Partial<PlaySampling> = {}, model = 'writer'): Promise<Column> {
  const endpoint = await endpointAt(url, 'chat', null)
  return columnOf(projectId, { kind: 'endpoint', endpointId: endpoint.id, model }, changes)
}

export async function columnOf(projectId: string, writer: Column['writer'], changes: Partial<PlaySampling> = {}): Promise<Column> {
  const prompt = await saveStoryPrompt(projectId, { system: '你是小说家。', template: '{{premise}}' })
  return { writer, promptVersionId: prompt.id, sampling: { ...playSampling, ...changes } }
}

/** A play of these columns about a premise that somebody typed, unless it is said to be from elsewhere. */
export function startPlayOf(projectId: string, columns: Column[], changes: Partial<Pick<PlayOrder, 'premise' | 'from' | 'token'>> = {}): Promise<Play> {
  return startPlay(projectId, { token: randomUUID(), premise: '雪夜里归来的旅人', from: { kind: 'typed' }, columns, ...changes })
}

export async function columnsOfPlay(playId: string): Promise<PlayColumn[]> {
  return db().playColumn.findMany({ where: { playId }, orderBy: { place: 'asc' } })
}
