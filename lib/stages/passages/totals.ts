import { asMolianError, type ErrorParams } from '@/lib/errors'
import type { ErrorCode } from '@/lib/error-sentences'
import { type ModelTokenizer, tokenizerOf } from '@/lib/models/tokenizer'
import { figuresOf, type PassageFigures } from '@/lib/stages/passages/figures'
import { pauses } from '@/lib/stages/passages/pace'
import { passageScope, type ScopeNovel } from '@/lib/stages/passages/scope'
import type { PassageSetSettings } from '@/lib/stages/passages/passages'
import { type TokenTally, tokenTally } from '@/lib/stages/passages/tokens'

/** The totals of a library as they come: what there is, then each novel's figures, then each novel's tokens. */
export type TotalsLine =
  | { kind: 'scope'; novels: number; characters: number }
  | { kind: 'figures'; novelId: number; title: string; figures: PassageFigures }
  | { kind: 'tokens'; novelId: number; tokens: TokenTally }
  | { kind: 'refused'; code: ErrorCode; params: ErrorParams }

type Asked = { projectId: string; settings: PassageSetSettings; firstNovelId?: number; modelDirectory?: string; signal?: AbortSignal }

/**
 * What these settings would give of every novel that takes part, one after the other, the novel in view first.
 * Characters come for all before the first tokens do. A tokenizer that cannot be read is a line, not a failure.
 */
export async function* passageTotals({ projectId, settings, firstNovelId, modelDirectory, signal }: Asked): AsyncGenerator<TotalsLine> {
  const novels = (await passageScope(projectId, settings.novels)).sort((a, b) => Number(b.id === firstNovelId) - Number(a.id === firstNovelId))
  yield { kind: 'scope', novels: novels.length, characters: novels.reduce((sum, novel) => sum + novel.characters, 0) }
  for (const novel of novels) {
    yield { kind: 'figures', novelId: novel.id, title: novel.title, figures: await figuresOf(novel, settings.passages, pauses('behind'), signal) }
  }
  if (modelDirectory !== undefined) yield* tokenLines(novels, settings, modelDirectory, signal)
}

async function* tokenLines(novels: readonly ScopeNovel[], settings: PassageSetSettings, directory: string, signal?: AbortSignal): AsyncGenerator<TotalsLine> {
  let tokenizer: ModelTokenizer
  try {
    tokenizer = await tokenizerOf(directory)
  } catch (error) {
    const { code, params } = asMolianError(error)
    yield { kind: 'refused', code, params }
    return
  }
  for (const novel of novels) yield { kind: 'tokens', novelId: novel.id, tokens: await tokenTally(novel, settings.passages, tokenizer, signal) }
}
