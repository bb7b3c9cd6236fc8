import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { demoPassword } from '../src/app/seed.js'
import { keysOf } from './keys.js'

const SLOW_MS = 60_000

/** A piece of the main job without a mouse: sign in, go somewhere, compose and quote, open a row, close a dialog. */
export async function keyboardJob(page: Page, address: string, email: string): Promise<void> {
  const keys = keysOf(page)
  const heading = (name: string | RegExp): Promise<void> =>
    page.getByRole('heading', { level: 1, name }).waitFor({ timeout: SLOW_MS })
  const goByPalette = async (words: string, title: string | RegExp): Promise<void> => {
    await keys.press('Control+k')
    await page.getByLabel('Search commands').waitFor()
    await keys.type(words)
    await page.waitForTimeout(200)
    await keys.press('Enter')
    await heading(title)
  }

  await page.goto(address)
  await page.getByLabel('E-mail').waitFor()
  assert.match((await keys.focused()).name, /^E-mail/, 'one can begin to type at once')
  await keys.type(email)
  await keys.tabTo(/^Password/)
  await keys.type(demoPassword)
  await keys.press('Enter')
  await heading('Overview')

  await page.reload()
  await heading('Overview')
  await keys.press('Tab')
  assert.equal((await keys.focused()).name, 'To the content', 'the first stop leads past the navigation')
  await keys.press('Enter')
  await keys.press('Tab')
  const isInContent = await page.evaluate<boolean>(
    `document.getElementById('content').contains(document.activeElement)`,
  )
  assert.ok(isInContent, 'the next stop is in the content')

  await goByPalette('Campaigns', 'Campaigns')
  await keys.tabTo(/^New campaign$/)
  await keys.press('Enter')
  await heading('New campaign')
  await keys.tabTo(/^Name of the campaign/)
  await keys.type('By keyboard')
  await keys.tabTo(/^On to the text$/)
  await keys.press('Enter')
  await keys.tabTo(/^Text/)
  await keys.type('Hello, we open at nine.')
  await page.getByText(/GSM-7, 1 segment/).waitFor({ timeout: SLOW_MS })
  await keys.tabTo(/^Make the quote$/)
  await keys.press('Enter')
  await page.getByText('People who get it').waitFor({ timeout: SLOW_MS })

  await keys.tabTo(/^When would each be texted\?$/)
  await keys.press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.getByText('Why then').waitFor({ timeout: SLOW_MS })
  await keys.press('Tab')
  const isInDialog = await page.evaluate<boolean>(`document.activeElement.closest('[role=dialog]') !== null`)
  assert.ok(isInDialog, 'the focus stays within the dialog')
  await keys.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  assert.match((await keys.focused()).name, /^When would each/, 'the focus is back where it came from')

  await goByPalette('Messages', 'Messages')
  await page.locator('[role=row][aria-rowindex="2"]').first().waitFor({ timeout: SLOW_MS })
  await keys.tabTo(/\+\d{11}/)
  await keys.press('Enter')
  await heading(/^To \+\d{11}$/)
  await keys.tabTo(/^Messages$/)
  await keys.press('Enter')
  await heading('Messages')
  assert.deepEqual([...keys.unseen], [], 'each stop of the focus is to be seen')
}
