import { db } from '@/lib/db'

/** Forgets which questions were being asked by jobs that have been over for a while: they are anybody's anyway. Returns how many. */
export async function forgetClaims(): Promise<number> {
  return db().$executeRaw`
    DELETE FROM question_claim c WHERE c.at < now() - interval '10 minutes'
      AND NOT EXISTS (SELECT 1 FROM job j WHERE j.id = c.job_id AND j.epoch = c.epoch AND (j.state = 'running' OR j.finished_at > now() - interval '10 minutes'))`
}
