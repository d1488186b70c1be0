import { getTranslator } from '@/app/_i18n/server'
import { ignoresForm } from '@/lib/llm/json-output'

/** Why an endpoint gives no JSON schema output, for people: a server's own words as they came, ours in the reader's language. */
export async function jsonReason(reason: string | null): Promise<string | null> {
  return reason === ignoresForm ? (await getTranslator('writer'))('jsonIgnored') : reason
}
