import '@/bin/quiet-log'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { chromium, type Browser } from 'playwright-core'
import { db } from '@/lib/db'
import { findBrowser } from '@/bin/setup/browser.mjs'
import { withStudio } from '@/bin/whole-job/open-studio'
import { sampleProject } from '@/bin/whole-job/sample'

/** What the READMEs show: a page of the sample project, where, and in which theme. */
type Shot = { name: string; path: string; theme: 'light' | 'dark'; width: number; height: number; waitFor?: string }

const folder = path.resolve(import.meta.dirname, '../../docs/screenshots')
const languages = [
  { tag: 'zh', cookie: 'zh-CN' },
  { tag: 'en', cookie: 'en' },
] as const

process.exitCode = await withStudio({ web: true }, async (webUrl) => {
  if (!webUrl) throw new Error('The studio has no address')
  await mkdir(folder, { recursive: true })
  const shots = await shotsOf()
  const browser = await chromium.launch({
    executablePath: findBrowser() ?? undefined,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--force-color-profile=srgb'],
  })
  try {
    for (const language of languages) for (const shot of shots) await take(browser, webUrl, language, shot)
  } finally {
    await browser.close()
  }
  return 0
})

async function shotsOf(): Promise<Shot[]> {
  const project = await db().project.findUniqueOrThrow({ where: { name: sampleProject } })
  const newest = { where: { projectId: project.id }, orderBy: { ordinal: 'desc' } } as const
  const [novel, training, stories, submissions] = await Promise.all([
    db().novel.findFirstOrThrow({ where: { projectId: project.id }, orderBy: { ordinal: 'desc' } }),
    db().trainingRun.findFirstOrThrow(newest),
    db().storyRun.findFirstOrThrow({ ...newest, orderBy: { ordinal: 'asc' } }),
    db().submission.findMany({ ...newest, orderBy: { ordinal: 'asc' }, take: 2 }),
  ])
  const base = `/projects/${project.id}`
  const wide = { theme: 'light', width: 1440, height: 900 } as const
  return [
    { name: 'overview', path: base, ...wide },
    { name: 'novel', path: `${base}/novels/${novel.id}`, ...wide },
    { name: 'pairs', path: `${base}/pairs`, ...wide },
    { name: 'training', path: `${base}/training/${training.id}`, ...wide, theme: 'dark', waitFor: '.recharts-surface' },
    { name: 'stories', path: `${base}/stories/${stories.id}`, ...wide },
    { name: 'compare', path: `${base}/submissions/compare?${new URLSearchParams(submissions.map((one) => ['ids', one.id]))}`, ...wide, waitFor: '#page .font-serif' },
    { name: 'phone', path: `${base}/novels/${novel.id}`, theme: 'light', width: 390, height: 844 },
  ]
}

async function take(browser: Browser, webUrl: string, language: (typeof languages)[number], shot: Shot): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: shot.width, height: shot.height },
    colorScheme: shot.theme,
    reducedMotion: 'reduce',
    locale: language.cookie,
  })
  await context.addCookies([{ name: 'molian-locale', value: language.cookie, url: webUrl }])
  const page = await context.newPage()
  await page.goto(`${webUrl}${shot.path}`, { waitUntil: 'load' })
  if (shot.waitFor) await page.locator(shot.waitFor).first().waitFor()
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: path.join(folder, `${shot.name}-${language.tag}.png`) })
  await context.close()
}
