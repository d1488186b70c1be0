import type { Asker } from '@/lib/llm/ask'
import { noteJsonOutput } from '@/lib/llm/endpoints'
import { withJsonOutput } from '@/lib/llm/json-output'
import type { Attempt } from '@/lib/queue/attempt'
import type { ChosenWriter } from '@/lib/stages/writer'

/** Asks in a JSON schema's form where a question wants it, and keeps in the endpoint's row whether that is of use there. */
export function inJsonForm(ask: Asker, attempt: Attempt, writer: ChosenWriter): Asker {
  const output = withJsonOutput(ask, {
    onForm: () => writer.kind === 'endpoint' && noteJsonOutput(writer.endpointId, true, null),
    onFallback: (reason) => {
      attempt.log('endpoint', `no JSON schema output, going on without: ${reason}`)
      if (writer.kind === 'endpoint') noteJsonOutput(writer.endpointId, false, reason)
    },
  })
  return output.ask
}
