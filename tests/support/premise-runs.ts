import type { PremiseRun } from '@/lib/generated/prisma/client'
import { endpointAt } from '@/lib/llm/endpoints'
import type { PremiseSampling } from '@/lib/settings/premises'
import type { PassageSelection } from '@/lib/settings/selection'
import type { PassageEntry } from '@/lib/stages/passages/passages'
import { startPremises } from '@/lib/stages/premises/premises'
import { savePrice } from '@/lib/stages/premises/prices'
import { savePremisePrompt } from '@/lib/stages/prompts/prompts'
import { makeProject } from '@/tests/support/jobs'
import { passagesOfSet } from '@/tests/support/passages-of-set'
import { modernProse, sendNovels } from '@/tests/support/project-files'
import { runNextWell } from '@/tests/support/run-next'
import { premiseSampling, startSet } from '@/tests/support/stage-runs'

/** A passage set of a project of its own, with every passage and its text. */
export type CutNovels = { projectId: string; passageSetId: string; passages: PassageEntry[] }

export async function cutNovels(novels: { name: string; text: string }[]): Promise<CutNovels> {
  const projectId = await makeProject()
  await sendNovels(projectId, novels)
  const { id: passageSetId } = await startSet(projectId)
  await runNextWell()
  return { projectId, passageSetId, passages: await passagesOfSet(passageSetId) }
}

/** A name for each passage. */
export const words = '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥'

/** A premise that every check lets through, another one for each passage. */
export function goodPremise(ordinal: number): string {
  return `江边的${words[ordinal]}人等着天亮。`
}

/** What a run may have beside the usual; prices are for a million tokens. */
export type RunOptions = { sampling?: Partial<PremiseSampling>; selection?: PassageSelection; budget?: number; price?: { input: number; output: number } }

/** A premise run that asks one question at a time of the server at `url`, unless `options` say otherwise. */
export async function startRunOf(cut: Pick<CutNovels, 'projectId' | 'passageSetId'>, url: string, { sampling = {}, selection, budget, price }: RunOptions = {}): Promise<PremiseRun> {
  const settled = { ...premiseSampling, concurrency: 1, ...sampling }
  const prompt = await savePremisePrompt(cut.projectId, { system: '写提要。', template: '{{passage}}', examples: [], styles: [] })
  const endpoint = await endpointAt(url, settled.style, null)
  if (price) await savePrice({ endpointId: endpoint.id, model: 'writer', currency: 'CNY', ...price })
  return startPremises(cut.projectId, {
    passageSetId: cut.passageSetId,
    promptVersionId: prompt.id,
    settings: { writer: { kind: 'endpoint', endpointId: endpoint.id, model: 'writer' }, sampling: settled, ...(selection ? { selection } : {}) },
    ...(budget === undefined ? {} : { budget }),
  })
}

/** Two chapters of one novel, and another without any. */
export function twoNovels(): { name: string; text: string }[] {
  return [
    { name: '路', text: `第一章 出门\n${modernProse(600)}\n第二章 回来\n${modernProse(600, 3)}` },
    { name: '河', text: modernProse(400, 7) },
  ]
}
