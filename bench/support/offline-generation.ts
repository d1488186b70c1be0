import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { thisDevice } from '@/gpu-worker/device'
import { engineStart, type ServedModel } from '@/gpu-worker/engine/settings'
import type { Message } from '@/lib/llm/prompts'

const checkout = path.resolve(import.meta.dirname, '../..')
/** What only a server takes. */
const ofServer = new Set(['-m', '--served-model-name', '--host', '--port', '--disable-access-log-for-endpoints'])
const answer = z.object({ seconds: z.number(), tokens: z.number() })

export type OfflineQuestion = { messages: Message[]; sampling: Record<string, number | boolean> }

/** Seconds and tokens of plain vLLM generating all of it in one call, set up as the worker's engine is (bench/python/offline_stories.py). */
export async function generateOffline(model: ServedModel, questions: readonly OfflineQuestion[]): Promise<z.infer<typeof answer>> {
  const { args, environment } = engineStart(model, 1, await thisDevice())
  const folder = await mkdtemp(path.join(tmpdir(), 'molian-bench-offline-'))
  try {
    const file = path.join(folder, 'asked.json')
    await writeFile(file, JSON.stringify({ engine: llmArguments(args), questions }))
    const python = process.env.MOLIAN_PYTHON_BIN ?? path.join(checkout, '.venv', 'bin', 'python')
    const { stdout } = await promisify(execFile)(python, [path.join(checkout, 'bench/python/offline_stories.py'), file], {
      env: { ...process.env, ...environment, HF_HUB_OFFLINE: '1', TOKENIZERS_PARALLELISM: 'false' },
      maxBuffer: 64 * 1024 * 1024,
    })
    return answer.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The server's arguments as those of vllm.LLM: --max-num-seqs 256 is max_num_seqs=256, --no-x is x=False. */
function llmArguments(args: readonly string[]): Record<string, string | number | boolean> {
  const found: Record<string, string | number | boolean> = {}
  for (let at = 0; at < args.length; at += 1) {
    const [flag = '', next] = [args[at], args[at + 1]]
    const hasValue = next !== undefined && !next.startsWith('--')
    const name = flag.replace(/^--(no-)?/, '').replaceAll('-', '_')
    if (!ofServer.has(flag)) found[name] = hasValue ? (/^\d+$/.test(next) ? Number(next) : next) : !flag.startsWith('--no-')
    if (hasValue) at += 1
  }
  return found
}
