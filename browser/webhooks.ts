import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { Webhook } from 'standardwebhooks'
import { startReceiver, type Receiver } from './receiver.js'

const SLOW_MS = 30_000

type Look = (screen: string) => Promise<void>

/** An owner has a server of their own told what happens, sees every call of it, and what to do when it takes none. */
export async function webhooksJob(page: Page, address: string, look: Look): Promise<void> {
  const receiver = await startReceiver()
  try {
    await page.goto(`${address}/developers/webhooks`)
    await page.getByText('Nobody is told yet').waitFor({ timeout: SLOW_MS })
    await look('webhooks-empty')
    await page.keyboard.press('Control+k')
    await page.getByLabel('Search commands').fill('webhook')
    await page.getByRole('button', { name: /^New webhook endpoint/ }).click()
    const first = await makeEndpoint(page, receiver, look)
    await sendTest(page, receiver, first, look)
    await failTest(page, receiver, look)
    const second = await rollSecret(page, look)
    receiver.answerWith(200, 'taken')
    await testEvent(page, receiver)
    verify(receiver, second)
    verify(receiver, first)
    await switchOffAndOn(page, look)
    await goneAndBack(page, receiver, look)
    await deleteEndpoint(page, look)
  } finally {
    await receiver.stop()
  }
}

/** Whoever is no owner is not offered webhooks, and is told why at their address. */
export async function webhooksOfOwnersOnly(page: Page, address: string): Promise<void> {
  await page.goto(`${address}/developers/webhooks`)
  await page.getByText('Owners see webhooks').waitFor({ timeout: SLOW_MS })
  await page.keyboard.press('Control+k')
  await page.getByLabel('Search commands').fill('webhook endpoint')
  await page.getByText('Nothing with this name').waitFor()
}

async function makeEndpoint(page: Page, { url }: Receiver, look: Look): Promise<string> {
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Address' }).fill('https://me:secret@example.com/hooks')
  await dialog.getByRole('textbox', { name: 'What it is for' }).fill('The booking system of the front desk')
  await dialog.getByRole('button', { name: /^Texts/ }).click()
  await dialog.getByLabel('Everything about texts').check()
  await dialog.getByRole('button', { name: 'Make the endpoint' }).click()
  await dialog.getByText('The address has a name or a password in it.').waitFor({ timeout: SLOW_MS })
  await look('webhook-new')
  await dialog.getByRole('textbox', { name: 'Address' }).fill(url)
  await dialog.getByRole('button', { name: 'Make the endpoint' }).click()
  await dialog.getByText('The secret, shown this once').waitFor({ timeout: SLOW_MS })
  await look('webhook-secret')
  const secret = await shownSecret(page)
  await page.getByRole('heading', { level: 1, name: new URL(url).host }).waitFor({ timeout: SLOW_MS })
  return secret
}

async function sendTest(page: Page, receiver: Receiver, secret: string, look: Look): Promise<void> {
  await page.getByText('Nothing here').waitFor({ timeout: SLOW_MS })
  await testEvent(page, receiver)
  verify(receiver, secret)
  await page.locator('[data-delivered="1"]').waitFor({ timeout: SLOW_MS })
  const row = page.getByRole('row').filter({ hasText: 'Delivered' })
  await row.first().waitFor({ timeout: SLOW_MS })
  await look('webhook-endpoint')
  await row.first().click()
  await page.locator('[data-attempt=taken]').waitFor({ timeout: SLOW_MS })
  await look('webhook-delivery')
  await page.getByRole('button', { name: 'Resend' }).click()
  await page.locator('[data-attempt=taken]').nth(1).waitFor({ timeout: SLOW_MS })
  const [once, again] = receiver.calls
  assert.equal(again?.headers['webhook-id'], once?.headers['webhook-id'], 'resent under the same id')
  assert.equal(again?.body, once?.body, 'resent byte for byte')
  await page.keyboard.press('Escape')
}

async function failTest(page: Page, receiver: Receiver, look: Look): Promise<void> {
  receiver.answerWith(500, 'Database is down: the booking system answers again in a few minutes.')
  await testEvent(page, receiver)
  const row = page.getByRole('row').filter({ hasText: '500 Not taken' })
  await row.first().click({ timeout: SLOW_MS })
  await page.locator('[data-attempt=rejected]').first().waitFor({ timeout: SLOW_MS })
  await look('webhook-delivery-failing')
  await page.keyboard.press('Escape')
  await page.getByText('Every try fails').waitFor({ timeout: SLOW_MS })
  await look('webhook-endpoint-failing')
}

async function rollSecret(page: Page, look: Look): Promise<string> {
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Roll the secret…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Roll the secret' }).waitFor()
  await look('webhook-roll')
  await page.getByRole('dialog').getByRole('button', { name: 'Roll the secret' }).click()
  await page.getByText('The secret before signs beside it').waitFor({ timeout: SLOW_MS })
  return shownSecret(page)
}

async function switchOffAndOn(page: Page, look: Look): Promise<void> {
  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Switch off…' }).click()
  await dialog.getByRole('button', { name: 'Switch it off' }).click()
  await page.locator('[data-disabled=BY_USER]').waitFor({ timeout: SLOW_MS })
  assert.equal(await page.getByRole('button', { name: 'Send a test event' }).count(), 0, 'nothing to test')
  await page.getByRole('button', { name: 'Switch on…' }).click()
  await dialog.getByLabel('Leave it out').check()
  await look('webhook-switch-on')
  await dialog.getByRole('button', { name: 'Switch it on' }).click()
  await page.locator('[data-disabled]').waitFor({ state: 'detached', timeout: SLOW_MS })
}

/** A receiver that is gone switches the endpoint off, which says why; once it is back, it is switched on. */
async function goneAndBack(page: Page, receiver: Receiver, look: Look): Promise<void> {
  receiver.answerWith(410, 'gone')
  await testEvent(page, receiver)
  await page.locator('[data-disabled=GONE]').waitFor({ timeout: SLOW_MS })
  await look('webhook-gone')
  await page.goto(page.url().replace(/\/[^/]*$/, ''))
  await page.locator('[data-endpoint]').getByText('Off', { exact: true }).waitFor({ timeout: SLOW_MS })
  await look('webhooks')
  await page.locator('[data-endpoint]').getByRole('link').click()
  receiver.answerWith(200, 'taken')
  await page.getByRole('button', { name: 'Switch on…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Switch it on' }).click()
  await page.locator('[data-disabled]').waitFor({ state: 'detached', timeout: SLOW_MS })
}

async function deleteEndpoint(page: Page, look: Look): Promise<void> {
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  await page.getByRole('button', { name: 'Delete the endpoint' }).waitFor()
  await look('webhook-delete')
  await page.getByRole('button', { name: 'Delete the endpoint' }).click()
  await page.getByText('Nobody is told yet').waitFor({ timeout: SLOW_MS })
}

/** Sends a test event and waits until the receiver has heard it. */
async function testEvent(page: Page, { calls }: Receiver): Promise<void> {
  const before = calls.length
  await page.getByRole('button', { name: 'Send a test event' }).click()
  const giveUpAt = performance.now() + SLOW_MS
  while (calls.length === before) {
    assert.ok(performance.now() < giveUpAt, 'the receiver hears of the test event')
    await page.waitForTimeout(100)
  }
}

/** As a receiver does it; throws when the signature does not fit. */
function verify({ calls }: Receiver, secret: string): void {
  const call = calls.at(-1)
  assert.ok(call)
  const event = new Webhook(secret).verify(call.body, call.headers) as { type: string }
  assert.equal(event.type, 'webhook.test')
}

async function shownSecret(page: Page): Promise<string> {
  const secret = await page.getByRole('dialog').locator('code').first().innerText()
  assert.match(secret, /^whsec_/)
  await page.getByRole('button', { name: 'I have kept it' }).click()
  return secret
}
