import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { homeDirectory } from '@/lib/env'
import { thisDevice } from '@/gpu-worker/device'
import { cpuDtype } from '@/gpu-worker/engine/settings'
import { startEngine } from '@/gpu-worker/engine/start'
import { benchAttempt } from '@/bench/support/bench-attempt'
import type { Measurement } from '@/bench/support/measurement'

export const needs = ['python', 'model']

const premises = 64
const oneByOne = 8
const tokens = 256
// Every answer is forced to the same length, so that both sides write equally many tokens.
const sampling = { max_tokens: tokens, min_tokens: tokens, ignore_eos: true, temperature: 0.8, top_p: 1, top_k: 50 }

const answer = z.object({ usage: z.object({ completion_tokens: z.number() }) })

/**
 * Stories all at once against one at a time, on the same engine with the starter model (cut vocabulary), in tokens a
 * second. Start-up is left out, the prefix cache is off, and no premise is asked for twice.
 */
export async function measure(): Promise<Measurement> {
  const model = path.join(homeDirectory(), 'models', 'starter')
  const scratch = await mkdtemp(path.join(tmpdir(), 'molian-bench-'))
  // The engine's parts ask for a whole environment; no database or queue is used here.
  Object.assign(process.env, { MOLIAN_HOME: scratch, DATABASE_URL: 'postgres://unused.invalid/unused', REDIS_URL: 'redis://unused.invalid' })
  const served = { modelDirectory: model, servedName: 'starter', maxModelLength: 1024, prefixCaching: false }
  const engine = await startEngine(served, benchAttempt())
  const died = new AbortController()
  engine.died.catch((error: unknown) => died.abort(error))
  try {
    const ask = async (ordinal: number) => {
      const response = await fetch(`${engine.baseUrl}/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'starter', prompt: promptOf(ordinal), seed: ordinal, ...sampling }),
        signal: died.signal,
      })
      return answer.parse(await response.json()).usage.completion_tokens
    }
    await ask(0)
    const baseline = await tokensPerSecond(async () => {
      let written = 0
      for (let ordinal = 1; ordinal <= oneByOne; ordinal += 1) written += await ask(ordinal)
      return written
    })
    const ours = await tokensPerSecond(async () => {
      const all = await Promise.all(Array.from({ length: premises }, (_, index) => ask(1000 + index)))
      return all.reduce((sum, written) => sum + written, 0)
    })
    const device = await thisDevice()
    return {
      ours,
      baseline,
      ratio: ours / baseline,
      unit: 'tokens/s',
      premises,
      oneByOne,
      tokensEach: tokens,
      sampling: 'temperature 0.8, top_k 50, top_p 1, seeded',
      vocabulary: 'cut (starter model)',
      dtype: device.kind === 'cpu' ? cpuDtype(device) : 'auto',
    }
  } finally {
    await engine.stop()
    await rm(scratch, { recursive: true, force: true })
  }
}

/** Distinct from its first character on, so that nothing of one prompt could serve another. */
function promptOf(ordinal: number): string {
  return `${ordinal}：${randomUUID().slice(0, 8)}。提要：第${ordinal}个渡口，老船夫在雾里载了一位不肯说姓名的客人。\n正文：\n`
}

async function tokensPerSecond(write: () => Promise<number>): Promise<number> {
  const started = performance.now()
  const written = await write()
  return written / ((performance.now() - started) / 1000)
}
