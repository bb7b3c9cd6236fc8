import assert from 'node:assert/strict'
import type { BrowserContext, Page } from 'playwright-core'
import { demoPassword, demoPeople } from '../src/app/seed.js'
import { journeyOf } from './journey.js'
import { openServerView } from './server-view.js'

const SLOW_MS = 30_000
const PASSWORD = 'another gate to open'
const [ACME, , , BRIGHT, ADMIN] = demoPeople

/**
 * Somebody with two accounts switches in one tab. What that tab follows afterwards is the other account's alone; a second tab
 * turns to it by itself, and a third one that hears nothing is refused when it is used, and turns then.
 */
export async function switchedAccounts(context: BrowserContext, address: string): Promise<void> {
  const acme = await letIntoAcme(address)
  const tab = await context.newPage()
  const followedFor = recordSubscriptions(tab)
  await journeyOf(tab, address).signIn(BRIGHT.email, PASSWORD)
  await showsAccount(tab, BRIGHT.account)
  await tab.locator('[data-connection=connected]').waitFor({ timeout: SLOW_MS })
  const beside = await context.newPage()
  await beside.goto(address)
  await beside.locator('[data-connection=connected]').waitFor({ timeout: SLOW_MS })
  const deaf = await context.newPage()
  await deaf.routeWebSocket(/\/graphql$/, () => undefined)
  await deaf.goto(`${address}/credits/buy`)
  await showsAccount(deaf, BRIGHT.account)
  const payButton = deaf.getByRole('button', { name: 'Buy 2,500 credits' })
  await payButton.waitFor({ timeout: SLOW_MS })

  await tab.getByRole('button', { name: 'You and your accounts' }).click()
  assert.equal(followedFor.size, 1, 'everything is followed for the one account')
  followedFor.clear()
  await tab.getByRole('menuitem', { name: ACME.account }).click()
  await showsAccount(tab, ACME.account)
  await tab.locator('[data-connection=connected]').waitFor({ timeout: SLOW_MS })
  await tab.waitForTimeout(3_000)
  assert.deepEqual([...followedFor], [acme], 'from then on everything is followed for the other')

  await showsAccount(beside, ACME.account)
  await showsAccount(deaf, BRIGHT.account)
  await payButton.click()
  await deaf
    .getByRole('dialog')
    .getByRole('button', { name: /^Go on to pay/ })
    .click()
  await showsAccount(deaf, ACME.account)
  assert.ok(deaf.url().startsWith(address), 'nothing was bought')
}

/** An administrator makes the owner of the one account a member of the other. */
async function letIntoAcme(address: string): Promise<string> {
  const bright = await openServerView(address, BRIGHT.email, demoPassword)
  await bright.ask(
    'mutation ($old: Password!, $new: Password!) { changePassword(currentPassword: $old, newPassword: $new) { __typename } }',
    { old: demoPassword, new: PASSWORD },
  )
  const acme = await openServerView(address, ACME.email, demoPassword)
  const { account } = await acme.ask<{ account: { id: string } }>('{ account { id } }')
  const admin = await openServerView(address, ADMIN.email, demoPassword)
  const { linkMember } = await admin.ask<{ linkMember: { __typename: string } }>(
    'mutation ($id: ID!, $email: EmailAddress!) { linkMember(accountId: $id, email: $email, role: OWNER) { __typename } }',
    { id: account.id, email: BRIGHT.email },
  )
  assert.notEqual(linkMember.__typename, 'Refused')
  return account.id
}

async function showsAccount(page: Page, name: string): Promise<void> {
  await page.getByRole('banner').getByText(name, { exact: true }).waitFor({ timeout: SLOW_MS })
}

/** For whom the sockets of a page signed in on which something was followed. */
function recordSubscriptions(page: Page): Set<string> {
  const accounts = new Set<string>()
  page.on('websocket', (socket) => {
    let account = ''
    socket.on('framesent', ({ payload }) => {
      const message = JSON.parse(String(payload)) as { type: string; payload?: { account?: string } }
      if (message.type === 'connection_init') account = message.payload?.account ?? ''
      if (message.type === 'subscribe') accounts.add(account)
    })
  })
  return accounts
}
