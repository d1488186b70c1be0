import { z } from 'zod'
import { guardRequest } from '@/app/_guard/guard-request'
import { refusedRequest } from '@/app/api/refused-request'
import { MolianError } from '@/lib/errors'
import { ballot, castVote, nextQuestions, voterName } from '@/lib/stages/submissions/votes'

type Params = { params: Promise<{ roundId: string }> }

/** The next pairs of stories for a voter, without a word of who wrote them. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  try {
    const asked = z.object({ roundId: z.uuid(), voter: voterName }).safeParse({ ...(await params), voter: new URL(request.url).searchParams.get('voter') })
    if (!asked.success) throw new MolianError('run.missing', { what: 'round of votes' })
    return Response.json(await nextQuestions(asked.data.roundId, asked.data.voter), { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return await refusedRequest(error)
  }
}

/** Keeps one vote. A route and no action: votes come by key, one after the other, and nothing of the page changes. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  try {
    const { roundId } = await params
    const said = ballot.safeParse(await request.json().catch(() => null))
    if (!z.uuid().safeParse(roundId).success || !said.success) throw new MolianError('votes.no-such-pair')
    await castVote(roundId, said.data)
    return Response.json({ kept: true })
  } catch (error) {
    return await refusedRequest(error)
  }
}
