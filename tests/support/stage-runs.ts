import type { DatasetVersion, PassageSet, PremiseRun, StoryRun, Submission } from '@/lib/generated/prisma/client'
import { endpointAt } from '@/lib/llm/endpoints'
import type { PairSettings } from '@/lib/settings/pairs'
import type { PassageSettings } from '@/lib/settings/passages'
import type { PremiseSampling, PromptStyle } from '@/lib/settings/premises'
import type { StorySampling } from '@/lib/settings/stories'
import { startDataset } from '@/lib/stages/pairs/datasets'
import { startPassages } from '@/lib/stages/passages/passages'
import { startPremises } from '@/lib/stages/premises/premises'
import { savePremisePrompt, saveStoryPrompt } from '@/lib/stages/prompts/prompts'
import { startStories } from '@/lib/stages/stories/stories'
import { startSubmission } from '@/lib/stages/submissions/submissions'
import { testFileOfUpload } from '@/lib/stages/stories/test-files'

/** Small settings of each stage, and starting it with some of them changed. The writer is a test server at `url`. */

export const passageSettings: PassageSettings = { strategy: 'length', target: 100, minimum: 50, maximum: 150, chapterMaximum: 300, limit: null, endings: 0, seed: 1 }

export function startSet(projectId: string, changes: Partial<PassageSettings> = {}): Promise<PassageSet> {
  return startPassages(projectId, { novels: { registers: ['modern'] }, passages: { ...passageSettings, ...changes } })
}

export const premiseSampling: PremiseSampling = {
  style: 'chat',
  temperature: 0.3,
  topP: 1,
  maxTokens: 64,
  maximumCharacters: 30,
  minimumCharacters: 4,
  tries: 3,
  concurrency: 8,
  seed: 5,
}

export const serverKey = 'sk-of-the-test-server'

export async function startPremiseRun(projectId: string, passageSetId: string, url: string, changes: Partial<PremiseSampling> = {}, styles: PromptStyle[] = []): Promise<PremiseRun> {
  const sampling = { ...premiseSampling, ...changes }
  const prompt = await savePremisePrompt(projectId, { system: '写提要。', template: '《{{title}}》{{chapter}}\n{{passage}}', examples: [], styles })
  const endpoint = await endpointAt(url, sampling.style, serverKey)
  return startPremises(projectId, {
    passageSetId,
    promptVersionId: prompt.id,
    settings: { writer: { kind: 'endpoint', endpointId: endpoint.id, model: 'writer' }, sampling },
  })
}

export const pairSettings: PairSettings = { splitBy: 'chapter', validationShare: 0.25, undecided: 'keep', duplicates: 'keep', leaks: 'leave_out', novelCap: 0, modernShare: 1, earlyVernacularShare: 1, classicalShare: 1, seed: 3 }

export function startVersion(projectId: string, premiseRunId: string, changes: Partial<PairSettings> = {}): Promise<DatasetVersion> {
  return startDataset(projectId, [{ kind: 'run', id: premiseRunId }], { ...pairSettings, ...changes })
}

export const storySampling: StorySampling = {
  style: 'chat',
  temperature: 0.8,
  topP: 1,
  topK: 0,
  repetitionPenalty: 1,
  maxTokens: 128,
  target: 50,
  minimumCharacters: 4,
  tries: 2,
  concurrency: 1000,
  seed: 9,
}

export async function startStoryRun(projectId: string, testUploadId: string, url: string, changes: Partial<StorySampling> = {}, model = 'writer', how: { preview?: boolean } = {}): Promise<StoryRun> {
  const sampling = { ...storySampling, ...changes }
  const testFile = await testFileOfUpload(testUploadId)
  if (!testFile) throw new Error('The test file was not read')
  const prompt = await saveStoryPrompt(projectId, { system: '你是小说家。', template: '{{premise}}' })
  const endpoint = await endpointAt(url, sampling.style, serverKey)
  return startStories(projectId, {
    testFileId: testFile.id,
    promptVersionId: prompt.id,
    settings: { writer: { kind: 'endpoint', endpointId: endpoint.id, model }, sampling },
  }, how)
}

export function startSubmit(projectId: string, storyRunId: string, minimumCharacters = 1): Promise<Submission> {
  return startSubmission(projectId, storyRunId, { minimumCharacters })
}
