import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { Proxy } from '../chaos/stage/proxy.js'
import { pause } from '../src/kernel/pause.js'
import type { CuttableSockets } from './cuttable-sockets.js'

const NOTICED_MS_MAX = 15_000
const BACK_MS_MAX = 60_000

/**
 * The database goes away under a running campaign: first the streams of an open socket fail, then the page comes back to
 * a server that cannot know who it is. The page says so each time, and goes on by itself when the database is back.
 */
export async function databaseOutage(page: Page, postgres: Proxy, sockets: CuttableSockets): Promise<void> {
  const before = await sent(page)
  postgres.cut('reset')
  await page.locator('[data-connection=reconnecting]').waitFor({ timeout: NOTICED_MS_MAX })
  postgres.heal()
  await page.locator('[data-connection=connected]').waitFor({ timeout: BACK_MS_MAX })
  const between = await sentMoreThan(page, before)

  postgres.cut('reset')
  await sockets.cut()
  sockets.mend()
  await page.locator('[data-connection=reconnecting]').waitFor({ timeout: NOTICED_MS_MAX })
  await pause(2_000)
  assert.equal(await page.locator('[data-connection=reconnecting]').count(), 1, 'it is not live meanwhile')
  postgres.heal()
  await page.locator('[data-connection=connected]').waitFor({ timeout: BACK_MS_MAX })
  await sentMoreThan(page, between)
}

async function sentMoreThan(page: Page, before: number): Promise<number> {
  const giveUpAt = performance.now() + BACK_MS_MAX
  while (performance.now() < giveUpAt) {
    const now = await sent(page)
    if (now > before) return now
    await pause(200)
  }
  throw new Error('the page does not go on after the outage')
}

async function sent(page: Page): Promise<number> {
  const shown = /Sent\s+([\d,]+)\s/.exec(await page.locator('main').innerText())
  return Number(shown?.[1]?.replaceAll(',', '') ?? 'NaN')
}
