import { z } from 'zod'
import { hinted } from '@/lib/settings/hint'

const engine = z.strictObject({
  kind: hinted(z.literal('engine'), 'engine: this machine. endpoint: an OpenAI-compatible server ({ kind, baseUrl, model, keyFrom }).', 'engine：本机；endpoint：OpenAI 兼容服务（{ kind, baseUrl, model, keyFrom }）。'),
  model: hinted(z.string().min(1), 'A model that this machine serves itself: starter, or a folder.', '由本机引擎运行的模型：starter，或一个文件夹。'),
})

const endpoint = z.strictObject({
  kind: hinted(z.literal('endpoint'), 'endpoint: an OpenAI-compatible server. engine: this machine ({ kind, model }).', 'endpoint：OpenAI 兼容服务；engine：本机（{ kind, model }）。'),
  baseUrl: hinted(z.url({ protocol: /^https?$/ }), 'An OpenAI-compatible address, with its /v1.', 'OpenAI 兼容地址，含 /v1。'),
  model: hinted(z.string().min(1), 'The model name that the server knows.', '该服务所认的模型名。'),
  keyFrom: hinted(
    z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/).nullable(),
    'The environment variable that holds the key; null for none. The key itself never stands in this file.',
    '存放密钥的环境变量名；null 表示不需要。密钥本身不写入此文件。',
  ),
})

const tuned = z.strictObject({ kind: hinted(z.literal('tuned'), 'tuned: the model of this job. Or { kind: engine, model }, or { kind: endpoint, baseUrl, model, keyFrom }.', 'tuned：本次训练所得模型。也可用 { kind: engine, model } 或 { kind: endpoint, baseUrl, model, keyFrom }。') })

/** Who writes premises: this machine's engine or an endpoint. */
export const premiseWriter = z.discriminatedUnion('kind', [engine, endpoint])

/** Who writes stories: the model just tuned and merged, a model of this machine, or an endpoint. */
export const storyWriter = z.discriminatedUnion('kind', [tuned, engine, endpoint])

export type PremiseWriter = z.infer<typeof premiseWriter>
export type StoryWriter = z.infer<typeof storyWriter>

export const requestStyle = z.enum(['chat', 'completions'])
