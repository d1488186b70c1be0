import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { findBrowser } from '@/bin/setup/browser.mjs'

/** A window onto the studio, and everything that went wrong in it so far. */
export type Visit = { page: Page; faults: readonly string[] }

/** The Chromium that the set-up found or installed, without a window. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findBrowser() ?? undefined,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--force-color-profile=srgb'],
  })
}

/**
 * Opens a person's browser on the studio at `origin`. Errors on the console or in scripts, answers with a server error
 * and requests to any other host are kept as faults.
 */
export async function visit(browser: Browser, origin: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ baseURL: origin, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce', colorScheme: 'light', ...options })
  context.setDefaultTimeout(60_000)
  const faults: string[] = []
  context.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console on ${message.page()?.url()}: ${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => faults.push(`script on ${error.page()?.url()}: ${error.error().stack ?? error.error().message}`))
  context.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url())
    if (/^(https?|wss?):$/.test(protocol) && asked !== origin) faults.push(`request to another host: ${request.url()}`)
  })
  context.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} of ${response.request().method()} ${response.url()}`)
  })
  return { page: await context.newPage(), faults }
}

/** Fails the test at its end with every rule of axe-core that the page as it stands breaks, and where. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const said = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html}\n  ${node.failureSummary ?? ''}`))
  expect.soft(said, `${page.url()} is not accessible`).toEqual([])
}

/** Fails the test at its end when the page as a whole can be moved sideways. */
export async function expectNoSidewaysScrolling(page: Page): Promise<void> {
  const { whole, seen, widest } = await page.evaluate(() => {
    const seen = document.documentElement.clientWidth
    const beyond = [...document.querySelectorAll('main *')].filter((element) => element.getBoundingClientRect().right > seen + 1)
    return { whole: document.documentElement.scrollWidth, seen, widest: beyond.map((element) => element.outerHTML.slice(0, 160)).at(0) }
  })
  expect.soft(whole, `${page.url()} is wider than the screen: ${widest ?? ''}`).toBeLessThanOrEqual(seen)
}

/** The figure under its word in a list of figures. */
export function figure(scope: Page | Locator, word: string): Locator {
  return scope.locator('dt').getByText(word, { exact: true }).locator('xpath=following-sibling::dd[1]')
}

/** Presses Tab until the focus is on `target`; fails when the focus has come round without meeting it. */
export async function tabTo(target: Locator, most = 80): Promise<void> {
  for (let pressed = 0; pressed < most; pressed++) {
    await target.page().keyboard.press('Tab')
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error(`Tab does not reach ${target}`)
}
