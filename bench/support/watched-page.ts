import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core'
import { z } from 'zod'
import { findBrowser } from '@/bin/setup/browser.mjs'

/** Tasks of the page's main thread in milliseconds: the longest, and how many took over 50. */
export type Tasks = { longestMs: number; over50: number }

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findBrowser() ?? undefined, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] })
}

/** A page of its own whose processor is so many times slower than this machine's. */
export async function openPage(browser: Browser, slower: number): Promise<{ page: Page; session: CDPSession }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
  context.setDefaultTimeout(120_000)
  const page = await context.newPage()
  // What compiles this file names inner functions with a helper that a page does not have.
  await page.addInitScript('globalThis.__name = (work) => work')
  const session = await context.newCDPSession(page)
  if (slower > 1) await session.send('Emulation.setCPUThrottlingRate', { rate: slower })
  return { page, session }
}

/** Opens a page and lets it come to rest; it never stops listening to the studio, so its network is no sign. */
export async function openResting(page: Page, url: string): Promise<void> {
  await page.goto(url, { waitUntil: 'load' })
  await page.waitForTimeout(2000)
}

const traced = z.looseObject({ name: z.string(), pid: z.number(), tid: z.number(), dur: z.number().optional(), args: z.looseObject({ name: z.string().optional() }).optional() })
const trace = z.looseObject({ traceEvents: z.array(z.unknown()) })

/** What `work` makes the page's main thread do, by the browser's own trace. */
export async function tasksOf(browser: Browser, page: Page, work: () => Promise<unknown>): Promise<Tasks> {
  await browser.startTracing(page, { categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline', '__metadata'] })
  await work()
  const { traceEvents } = trace.parse(JSON.parse((await browser.stopTracing()).toString('utf8')))
  const events = traceEvents.flatMap((event) => traced.safeParse(event).data ?? [])
  const mains = new Set(events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(({ pid, tid }) => `${pid} ${tid}`))
  const tasks = events.filter(({ name, pid, tid }) => name === 'RunTask' && mains.has(`${pid} ${tid}`)).map(({ dur }) => (dur ?? 0) / 1000)
  if (tasks.length === 0) throw new Error('The trace holds no task')
  return { longestMs: tasks.reduce((most, each) => Math.max(most, each), 0), over50: tasks.filter((each) => each > 50).length }
}
