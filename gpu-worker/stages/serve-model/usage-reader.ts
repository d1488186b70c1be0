import { StringDecoder } from 'node:string_decoder'
import { Transform, type TransformCallback } from 'node:stream'
import { z } from 'zod'
import type { TokenUse } from '@/gpu-worker/stages/serve-model/counts'

const told = z.looseObject({
  usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number().default(0) }),
  choices: z.array(z.unknown()).default([]),
})

/** Of an answer in one piece so much is kept to read its usage. */
const longestAnswer = 8 * 1024 * 1024

/**
 * Lets an answer through as it is and reads what it says of its tokens. Of a stream it takes out the one event that tells of nothing
 * else, unless the caller asked for it.
 */
export class UsageReader extends Transform {
  private readonly decoder = new StringDecoder('utf8')
  private rest = ''
  private seen = 0

  constructor(
    private readonly isStream: boolean,
    private readonly isWanted: boolean,
    private readonly onUse: (use: TokenUse) => void,
  ) {
    super()
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.rest += this.decoder.write(chunk)
    if (this.isStream) this.passEvents()
    else {
      this.seen += chunk.length
      if (this.seen > longestAnswer) this.rest = ''
      this.push(chunk)
    }
    done()
  }

  override _flush(done: TransformCallback): void {
    if (this.isStream) this.push(this.rest)
    else this.hear(this.rest)
    done()
  }

  private passEvents(): void {
    let passed = ''
    for (let end = this.rest.indexOf('\n\n'); end !== -1; end = this.rest.indexOf('\n\n')) {
      const event = this.rest.slice(0, end + 2)
      this.rest = this.rest.slice(end + 2)
      const isOnlyUsage = event.includes('"usage":{') && this.hear(event.replace(/^data: ?/, ''))
      if (!isOnlyUsage || this.isWanted) passed += event
    }
    if (passed !== '') this.push(passed)
  }

  /** True when the usage is all that is told. */
  private hear(text: string): boolean {
    const parsed = told.safeParse(parsedJson(text))
    if (!parsed.success) return false
    const { usage, choices } = parsed.data
    this.onUse({ promptTokens: usage.prompt_tokens, completionTokens: usage.completion_tokens })
    return choices.length === 0
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
