import { mkdirSync } from 'node:fs'
import path from 'node:path'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { checkoutRoot } from '../src/local/checkout.js'
import { layoutFaults } from './check-layout.js'

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
/** What is left of 1280 by 800 for whoever reads at 200 %. */
const ZOOMED = { width: 640, height: 400 }

/**
 * Photographs what is on the page, in light and dark, at a desk’s and a phone’s width and at 200 %, and has axe-core look
 * at both schemes. At the narrow sizes nothing may be cut off, covered, or beside the page.
 */
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
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.waitForTimeout(150)
    await page.screenshot({ path: path.join(folder, `${screen}-phone-${colorScheme}.png`) })
  }
  found.push(...(await narrowFaults(page, `${screen} (phone)`)))
  await page.setViewportSize(ZOOMED)
  await page.waitForTimeout(150)
  await page.screenshot({ path: path.join(folder, `${screen}-zoomed.png`) })
  found.push(...(await narrowFaults(page, `${screen} (200 %)`)))
  await page.setViewportSize(DESK)
  await page.emulateMedia({ colorScheme: 'light' })
  return found
}

async function narrowFaults(page: Page, screen: string): Promise<Violation[]> {
  const faults = await layoutFaults(page)
  return faults.map(({ what, where }) => ({ screen, id: 'layout', impact: 'serious', help: what, where }))
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
