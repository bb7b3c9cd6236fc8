import type { Page } from 'playwright-core'

const SLOW_MS = 60_000
const SCROLLS = 14
const SCROLL_PX = 900
const BETWEEN_SCROLLS_MS = 120
const CHOSEN_MAX = 4

/** One round over the busy screens, by mouse and keyboard as a person goes, without a reload. */
export async function driveRound(
  page: Page,
  campaign: string,
  look: (screen: string) => void,
): Promise<void> {
  const steps = stepsOf(page)
  look('overview')
  await steps.goTo('Overview')
  await page.getByText('Campaigns under way').waitFor({ timeout: SLOW_MS })
  await page.waitForTimeout(4_000)

  look('campaign list')
  await steps.goTo('Campaigns')
  await steps.rows()
  await steps.choose('Under way')
  await page.waitForTimeout(1_500)
  await steps.choose('All')
  await page.waitForTimeout(1_500)

  look('campaign')
  await page.getByRole('link', { name: campaign }).first().click()
  await page.getByText('Where everybody is').waitFor({ timeout: SLOW_MS })
  await steps.rows()
  await page.waitForTimeout(3_000)
  await steps.scroll()
  await steps.filter('State', 'Accepted')
  await steps.rows()
  await steps.scroll()
  await page.getByRole('tab', { name: 'Pace and forecast' }).click()
  await page.getByRole('img', { name: /texts sent so far/ }).waitFor({ timeout: SLOW_MS })
  await page.waitForTimeout(3_000)

  look('messages')
  await steps.goTo('Messages')
  await steps.rows()
  await page.waitForTimeout(2_000)
  await steps.filter('State', 'Accepted')
  await steps.rows()
  await steps.filter('State', 'Failed')
  await page.waitForTimeout(1_500)
  await steps.clear('State')
  await steps.rows()
  await steps.scroll()
  look('timeline of a text')
  await page.locator('[role=row][data-opens=true]').nth(3).click()
  await page.getByRole('heading', { level: 1, name: /^To / }).waitFor({ timeout: SLOW_MS })
  await page.waitForTimeout(2_000)

  look('contacts')
  await steps.goTo('Contacts')
  await steps.rows()
  await page.getByLabel('Search', { exact: true }).first().pressSequentially('Number 1234', { delay: 40 })
  await page.waitForTimeout(1_500)
  await steps.rows()
  await page.getByLabel('Search', { exact: true }).first().fill('')
  await steps.scroll()

  look('ledger')
  await steps.goTo('Credits')
  await page.getByRole('link', { name: 'Ledger', exact: false }).first().click()
  await steps.rows()
  await page.waitForTimeout(2_000)
  await steps.scroll()
  await page.getByLabel('Search', { exact: true }).first().pressSequentially('capture', { delay: 40 })
  await page.waitForTimeout(1_500)
  await page.getByLabel('Search', { exact: true }).first().fill('')
  await page.waitForTimeout(1_000)
}

function stepsOf(page: Page) {
  return {
    goTo: async (label: string): Promise<void> => {
      await page
        .getByRole('navigation', { name: 'Main' })
        .getByRole('link', { name: label, exact: true })
        .click()
      await page.getByRole('heading', { level: 1, name: label }).waitFor({ timeout: SLOW_MS })
    },
    rows: async (): Promise<void> => {
      await page.locator('[role=row][aria-rowindex="2"]').first().waitFor({ timeout: SLOW_MS })
    },
    choose: async (name: string): Promise<void> => {
      await page.getByLabel('Which campaigns').getByText(name, { exact: true }).click()
    },
    filter: async (label: string, option: string): Promise<void> => {
      // By keyboard: a click may fall on what is chosen already, and take it away.
      await page.getByLabel(label, { exact: true }).first().press('ArrowDown')
      await page.getByRole('option', { name: option, exact: true }).click()
      await page.keyboard.press('Escape')
    },
    clear: async (label: string): Promise<void> => {
      await page.getByLabel(label, { exact: true }).first().focus()
      for (let chosen = 0; chosen < CHOSEN_MAX; chosen += 1) await page.keyboard.press('Backspace')
      await page.keyboard.press('Escape')
    },
    /** Down as with a wheel, with pages being fetched on the way, and up again. */
    scroll: async (): Promise<void> => {
      const table = page.getByRole('table').first()
      await table.hover()
      for (let turn = 0; turn < SCROLLS; turn += 1) {
        await page.mouse.wheel(0, SCROLL_PX)
        await page.waitForTimeout(BETWEEN_SCROLLS_MS)
      }
      await page.mouse.wheel(0, -SCROLLS * SCROLL_PX)
      await page.waitForTimeout(300)
    },
  }
}
