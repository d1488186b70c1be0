import { closeDb } from '@/lib/db'
import { homeDirectory } from '@/lib/env'
import { asMolianError } from '@/lib/errors'
import type { JobSettings } from '@/lib/settings/job-settings'
import { closeQueues } from '@/lib/queue/enqueue'
import { tell } from '@/bin/commands/start.mjs'
import { languageOf, SetupFailure } from '@/bin/failure.mjs'
import { model } from '@/bin/setup/model.mjs'
import { runSteps } from '@/bin/setup/steps.mjs'
import { attachOrStart } from '@/bin/supervise.mjs'

/**
 * Joins the studio of this home or starts one, runs `work` with it, and leaves it again. Returns the exit code:
 * what `work` says, or 1 with the reason on the terminal.
 */
export async function withStudio(needs: { web: boolean }, work: (webUrl: string | null) => Promise<number>): Promise<number> {
  let studio: Awaited<ReturnType<typeof attachOrStart>> | undefined
  try {
    studio = await attachOrStart({ web: needs.web, worker: true, report: tell })
    process.env.DATABASE_URL = studio.databaseUrl
    process.env.REDIS_URL = studio.redisUrl
    process.env.MOLIAN_HOME = homeDirectory()
    return await work(studio.webUrl)
  } catch (error) {
    const locale = languageOf()
    console.error(`\n${error instanceof SetupFailure ? error.sentence(locale) : asMolianError(error).sentence(locale)}`)
    return 1
  } finally {
    await closeQueues()
    await closeDb()
    await studio?.stop()
  }
}

/** The starter model is made when a job first names it, not before. */
export async function makeStarterIfUsed(settings: JobSettings): Promise<void> {
  const writers = [settings.premises.writer, settings.stories.writer]
  const isUsed = settings.training.baseModel === 'starter' || writers.some((writer) => writer.kind === 'engine' && writer.model === 'starter')
  if (isUsed) await runSteps([model], { home: homeDirectory() })
}
