import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { largeNovel, writeLargeNovels } from '@/bench/support/large-novel'
import type { Measurement } from '@/bench/support/measurement'
import { readableMs, scrollTasks } from '@/bench/support/read-in-browser'
import { previewFigures } from '@/bench/support/preview-in-browser'
import { withProductionStudio } from '@/bench/support/production-studio'
import { sendNovels } from '@/bench/support/send-upload'
import { servePlainly } from '@/bench/support/plain-novel'
import { openBrowser } from '@/bench/support/watched-page'
import { db } from '@/lib/db'
import { createProject } from '@/lib/stages/projects'

export const needs = ['python', 'build', 'browser']

const bytes = 10_000_000

/**
 * A novel of 10 MB in Chromium, on the production build: milliseconds until its text is painted and the page rests, against
 * the whole text as one plain page. Besides the longest task and the tasks over 50 ms while one scrolls through it, at this
 * machine's speed and with the processor slowed down four times (`Slowed`), the same for the passages page while its
 * settings change, slowed down; how soon a changed setting shows its new preview (of 10 MB), 95th percentile.
 */
export async function measure(): Promise<Measurement> {
  const folder = await mkdtemp(path.join(tmpdir(), 'molian-bench-reading-'))
  try {
    const file = path.join(folder, 'novel.json')
    await writeLargeNovels(file, [bytes])
    return await withProductionStudio(async ({ url }) => {
      const project = await createProject('bench')
      await sendNovels(url, project.id, file)
      const novel = await db().novel.findFirstOrThrow({ where: { projectId: project.id }, include: { _count: { select: { chapters: true } } } })
      const plain = await servePlainly(largeNovel(bytes))
      const browser = await openBrowser()
      try {
        const href = `${url}/projects/${project.id}/novels/${novel.id}`
        const ours = await readableMs(browser, href)
        const baseline = await readableMs(browser, plain.url)
        const scrolled = await scrollTasks(browser, href, 1)
        const slowed = await scrollTasks(browser, href, 4)
        const preview = await previewFigures(browser, `${url}/projects/${project.id}/passages`)
        return { ours: ours.restingMs, baseline: baseline.restingMs, ratio: baseline.restingMs / ours.restingMs, unit: 'ms', chapters: novel._count.chapters, firstTextMs: ours.paintedMs, baselineFirstTextMs: baseline.paintedMs, scrollLongestTaskMs: scrolled.longestMs, scrollTasksOver50: scrolled.over50, scrollSlowedLongestTaskMs: slowed.longestMs, scrollSlowedTasksOver50: slowed.over50, ...preview }
      } finally {
        await browser.close()
        await plain.close()
      }
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
