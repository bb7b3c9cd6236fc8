import { mkdirSync } from 'node:fs'
import path from 'node:path'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { checkoutRoot } from '../src/local/checkout.js'

export interface Violation {
  screen: string
  id: string
  impact: string
  help: string
  where: string[]
}

interface AxeResult {
  violations: { id: string; impact: string | null; help: string; nodes: { target: string[] }[] }[]
}

const folder = path.join(checkoutRoot(), 'browser', 'screenshots')
const GRAVE = new Set(['serious', 'critical'])
const DESK = { width: 1280, height: 900 }
const PHONE = { width: 390, height: 844 }

/** Photographs what is on the page, in light, dark and at phone width, and has axe-core look at both schemes. */
export async function lookAtScreen(page: Page, screen: string): Promise<Violation[]> {
  mkdirSync(folder, { recursive: true })
  const found: Violation[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.waitForTimeout(150)
    await page.screenshot({ path: path.join(folder, `${screen}-${colorScheme}.png`) })
    found.push(...(await violationsOn(page, `${screen} (${colorScheme})`)))
  }
  await page.setViewportSize(PHONE)
  await page.waitForTimeout(150)
  await page.screenshot({ path: path.join(folder, `${screen}-phone.png`) })
  await page.setViewportSize(DESK)
  await page.emulateMedia({ colorScheme: 'light' })
  return found
}

/** As a script of the debugger, which the page's policy does not concern. */
async function violationsOn(page: Page, screen: string): Promise<Violation[]> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate<AxeResult>("axe.run(document, { resultTypes: ['violations'] })")
  return violations
    .filter(({ impact }) => impact !== null && GRAVE.has(impact))
    .map(({ id, impact, help, nodes }) => ({
      screen,
      id,
      impact: impact ?? '',
      help,
      where: nodes.slice(0, 4).map(({ target }) => target.join(' ')),
    }))
}
