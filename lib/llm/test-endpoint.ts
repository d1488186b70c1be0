import { db } from '@/lib/db'
import { asMolianError, MolianError } from '@/lib/errors'
import { askerFor, type Question } from '@/lib/llm/ask'
import { modelsOf } from '@/lib/llm/endpoint-models'
import { noteJsonOutput, serverOf } from '@/lib/llm/endpoints'
import { ignoresForm, textSchema, withJsonOutput } from '@/lib/llm/json-output'

/** Longest that a word may take; slower than this is too slow to work with. */
const deadline = 30_000

/** How an endpoint has answered: in which time, as which model, and whether in a JSON schema's form (null: not asked). */
export type EndpointTest =
  | { ok: true; latencyMs: number; servedModel: string; json: { takes: boolean; reason: string | null } | null }
  | { ok: false; latencyMs: number; error: MolianError }

/**
 * Asks an endpoint for one word and, of a chat model, once more in a JSON schema's form, which its row remembers. What is
 * wrong is a part of the answer: the key, the model's name, the address, not the protocol, too slow, a redirect, or nobody
 * there. Throws endpoint.missing.
 */
export async function testEndpoint(endpointId: string, model: string): Promise<EndpointTest> {
  const endpoint = await db().endpoint.findUnique({ where: { id: endpointId } })
  if (!endpoint) throw new MolianError('endpoint.missing', { endpoint: endpointId })
  const started = performance.now()
  const server = await serverOf(endpointId, model)
  const ask = askerFor(server, { timeoutMs: deadline, retries: 0 })
  const signal = new AbortController().signal
  try {
    const answer = await ask(question(endpoint.style, '你好'), signal)
    const json = endpoint.style === 'chat' ? await formOf(endpointId, ask, signal) : null
    return { ok: true, latencyMs: answer.latencyMs, servedModel: answer.servedModel, json }
  } catch (error) {
    const fault = asMolianError(error)
    const latencyMs = Math.round(performance.now() - started)
    return { ok: false, latencyMs, error: fault.code === 'endpoint.not-found' ? await whatIsNotFound(endpointId, server.baseUrl, model, fault) : fault }
  }
}

/** A 404 is of the model where the server lists others, else of the address. */
async function whatIsNotFound(endpointId: string, url: string, model: string, fault: MolianError): Promise<MolianError> {
  const known = await modelsOf(endpointId)
  if (known === null || known.length === 0 || known.includes(model)) return fault
  return new MolianError('endpoint.unknown-model', { url, model, known: known.slice(0, 8).join(', ') + (known.length > 8 ? '…' : '') }, { cause: fault })
}

async function formOf(endpointId: string, ask: Parameters<typeof withJsonOutput>[0], signal: AbortSignal): Promise<{ takes: boolean; reason: string | null }> {
  let found: { takes: boolean; reason: string | null } = { takes: false, reason: ignoresForm }
  const output = withJsonOutput(ask, {
    onForm: () => {
      found = { takes: true, reason: null }
    },
    onFallback: (reason) => {
      found = { takes: false, reason }
    },
  })
  try {
    await output.ask({ ...question('chat', '用一个词形容雪。'), maxTokens: 32, schema: textSchema }, signal)
  } catch (error) {
    found = { takes: false, reason: asMolianError(error).message }
  }
  noteJsonOutput(endpointId, found.takes, found.reason)
  return found
}

function question(style: 'chat' | 'completions', text: string): Question {
  const prompt: Question['prompt'] = style === 'chat' ? { style, messages: [{ role: 'user', content: text }] } : { style, text }
  return { prompt, temperature: 0, topP: 1, topK: 0, repetitionPenalty: 1, maxTokens: 4, seed: 1 }
}
