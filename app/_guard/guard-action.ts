import { headers } from 'next/headers'
import { isAllowedHost, isOwnOrigin } from '@/app/_guard/origin'
import { MolianError } from '@/lib/errors'

/** First line of every server action: throws `guard.host` or `guard.origin` unless one of the studio's own pages asks. */
export async function guardAction(): Promise<void> {
  const sent = await headers()
  const host = sent.get('host')
  const origin = sent.get('origin')
  if (!isAllowedHost(host)) throw new MolianError('guard.host', { name: (host ?? '').slice(0, 100) })
  if (!isOwnOrigin(origin, host)) throw new MolianError('guard.origin', { name: (origin ?? '').slice(0, 100) })
}
