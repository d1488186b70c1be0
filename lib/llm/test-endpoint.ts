import { db } from '@/lib/db'
import { asMolianError, MolianError } from '@/lib/errors'
import { askerFor, type Asker, type Question, type Server } from '@/lib/llm/ask'
import { modelsAt } from '@/lib/llm/endpoint-models'
import { noteJsonOutput, serversOf } from '@/lib/llm/endpoints'
import { ignoresForm, textSchema, withJsonOutput } from '@/lib/llm/json-output'

/** Longest that a word may take; slower than this is too slow to work with. */
const deadline = 30_000

/** How one address has answered: in which time, as which model, and whether in a JSON schema's form (null: not asked). */
export type EndpointTest = { url: string; latencyMs: number } & (
  | { ok: true; servedModel: string; json: { takes: boolean; reason: string | null } | null }
  | { ok: false; error: MolianError }
)

/**
 * Asks every address of an endpoint for one word and, of a chat model, the first that answers once more in a JSON schema's form,
 * which the endpoint's row remembers. What is wrong is a part of the answer: the key, the model's name, the address, not the
 * protocol, too slow, a redirect, nobody there, or another model than the first that answered has. Throws endpoint.missing.
 */
export async function testEndpoint(endpointId: string, model: string): Promise<[EndpointTest, ...EndpointTest[]]> {
  const endpoint = await db().endpoint.findUnique({ where: { id: endpointId } })
  if (!endpoint) throw new MolianError('endpoint.missing', { endpoint: endpointId })
  const [first, ...others] = await serversOf(endpointId, model)
  const tests: [EndpointTest, ...EndpointTest[]] = await Promise.all([testServer(first, endpoint.style), ...others.map((server) => testServer(server, endpoint.style))])
  const answered = tests.filter((test) => test.ok)
  const right = answered.find(({ servedModel }) => servedModel === model) ?? answered[0]
  if (!right) return tests
  const asked = right.servedModel
  const json = endpoint.style === 'chat' ? await formOf(endpointId, askerFor({ ...first, baseUrl: right.url }, { timeoutMs: deadline, retries: 0 })) : null
  return mapped(tests, (test) => {
    if (test === right) return { ...right, json }
    if (!test.ok || test.servedModel === asked) return test
    return { url: test.url, latencyMs: test.latencyMs, ok: false, error: new MolianError('endpoint.other-model', { url: test.url, served: test.servedModel, asked }) }
  })
}

function mapped<T>([first, ...others]: [T, ...T[]], work: (each: T) => T): [T, ...T[]] {
  return [work(first), ...others.map(work)]
}

async function testServer(server: Server, style: 'chat' | 'completions'): Promise<EndpointTest> {
  const { baseUrl: url, model } = server
  const started = performance.now()
  try {
    const { latencyMs, servedModel } = await askerFor(server, { timeoutMs: deadline, retries: 0 })(question(style, '你好'), new AbortController().signal)
    return { url, ok: true, latencyMs, servedModel, json: null }
  } catch (error) {
    const fault = asMolianError(error)
    const latencyMs = Math.round(performance.now() - started)
    return { url, ok: false, latencyMs, error: fault.code === 'endpoint.not-found' ? await whatIsNotFound(server, model, fault) : fault }
  }
}

/** A 404 is of the model where the server lists others, else of the address. */
async function whatIsNotFound(server: Server, model: string, fault: MolianError): Promise<MolianError> {
  const known = await modelsAt(server)
  if (known === null || known.length === 0 || known.includes(model)) return fault
  return new MolianError('endpoint.unknown-model', { url: server.baseUrl, model, known: known.slice(0, 8).join(', ') + (known.length > 8 ? '…' : '') }, { cause: fault })
}

async function formOf(endpointId: string, ask: Asker): Promise<{ takes: boolean; reason: string | null }> {
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
    await output.ask({ ...question('chat', '用一个词形容雪。'), maxTokens: 32, schema: textSchema }, new AbortController().signal)
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
