import assert from 'node:assert/strict'
import { parseArgs } from 'node:util'
import { chromium, type Browser, type Page } from 'playwright-core'
import { demoPassword, demoPeople } from '../src/app/seed.js'
import { pause } from '../src/kernel/pause.js'
import { say } from '../src/local/print.js'
import { appointmentsJob } from './appointments.js'
import { cuttableSockets } from './cuttable-sockets.js'
import { journeyOf } from './journey.js'
import { keyboardJob } from './keyboard.js'
import { nothingMissedBetween } from './live-gap.js'
import { databaseOutage } from './outage.js'
import { startCampaign } from './load/prepare.js'
import { lookAtScreen, type Violation } from './look-at-screen.js'
import { openServerView, type ServerView } from './server-view.js'
import { startStack } from './stack.js'
import { switchedAccounts } from './switch-account.js'
import { webhooksJob, webhooksOfOwnersOnly } from './webhooks.js'

const CUTS = 5
const CUT_EVERY_MS = 2_000
const SETTLE_MS_MAX = 60_000
const BEFORE_EVERYTHING = '2020-01-01T00:00:00Z'

/** Some of it, for whoever works on that: `--only gap,keyboard`. */
const { values: asked } = parseArgs({ options: { only: { type: 'string' } } })
const isWanted = (part: string): boolean => asked.only === undefined || asked.only.split(',').includes(part)

const stack = await startStack({ SENDER_SEGMENTS_PER_SECOND: '50', SEND_BATCH_SIZE: '40' })
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void stack.stop().then(() => process.exit(1)))
}
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
})
try {
  const violations: Violation[] = []
  if (isWanted('main')) violations.push(...(await mainJob(browser)))
  if (isWanted('appointments')) violations.push(...(await appointmentScreens(browser)))
  if (isWanted('webhooks')) violations.push(...(await webhookScreens(browser)))
  if (isWanted('platform')) violations.push(...(await platformScreens(browser)))
  if (isWanted('gap')) await liveGap(browser)
  if (isWanted('keyboard')) await withoutMouse(browser)
  if (isWanted('switch')) await switching(browser)
  for (const { screen, id, help, where } of violations)
    say(`${screen}: ${id}: ${help}\n  ${where.join('\n  ')}`)
  assert.equal(violations.length, 0, 'no screen has a serious fault')
  say(
    'The main job works through the console, and every screen is accessible, at 200 % and on a phone as well.',
  )
} finally {
  await browser.close()
  await stack.stop()
}

/** From the sign-in to a finished campaign, with an empty balance and five lost connections on the way. */
async function mainJob(opened: Browser): Promise<Violation[]> {
  const context = await opened.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
  const sockets = await cuttableSockets(context)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  const job = journeyOf(page, stack.address)
  const found: Violation[] = []
  const look = async (screen: string): Promise<void> => {
    found.push(...(await lookAtScreen(page, screen)))
    say(`looked at ${screen}`)
  }
  const [owner] = demoPeople
  const server = await openServerView(stack.address, owner.email, demoPassword)

  await page.goto(stack.address)
  await page.getByLabel('E-mail').waitFor()
  await look('sign-in')
  await job.signIn(owner.email)
  await look('overview-empty')

  await job.go('/campaigns/new', 'New campaign')
  await job.uploadCrmFile()
  await look('wizard-mapping')
  await job.importFile()
  await job.writeText()
  await look('wizard-text')
  await job.loseServer(() => look('wizard-stale'))
  await job.quote()
  await job.leaveAndComeBack()
  await job.editText('in the shop', 'in store')
  await job.quote()
  await job.leaveAndComeBack()
  await job.assertTextSays('in store')
  await job.quote()
  await look('wizard-quote')
  await job.openHours()
  await look('wizard-hours')
  await page.keyboard.press('Escape')

  const tail = await context.newPage()
  await tail.goto(`${stack.address}/developers`)
  await tail.getByText('Nothing yet. Start a campaign').waitFor()
  await tail.getByText('Live', { exact: true }).waitFor()

  const campaignId = await job.start()
  say(`started campaign ${campaignId}`)
  for (let cut = 0; cut < CUTS; cut += 1) {
    await pause(CUT_EVERY_MS)
    const ended = await sockets.cut()
    assert.ok(ended > 0, 'there was a connection to cut')
    await page.locator('[data-connection=reconnecting]').waitFor({ timeout: 5_000 })
    sockets.mend()
    await page.locator('[data-connection=connected]').waitFor({ timeout: 15_000 })
    await job.assertFunnelAddsUp()
  }
  say(`cut the connection ${String(CUTS)} times`)
  await databaseOutage(page, stack.postgres, sockets)
  await job.assertFunnelAddsUp()
  say('the database went away twice, and the page went on')
  await look('campaign-running')
  await job.untilPausedForCredits()
  await look('campaign-paused')
  await job.buyPack()
  say('bought a pack')
  await job.openCampaign(campaignId)
  await job.untilCompleted()
  await job.assertFunnelAddsUp()
  await look('campaign-completed')
  await page.getByRole('tab', { name: 'Pace and forecast' }).click()
  await page.getByRole('img', { name: /texts sent so far/ }).waitFor({ timeout: 30_000 })
  await page.waitForTimeout(1_500)
  await look('campaign-pace')

  await sameAsServer(server, page, campaignId)
  await noGapIn(server, tail)

  for (const [route, heading, name] of screens(campaignId)) {
    await job.go(route, heading)
    await page.waitForTimeout(1_200)
    await look(name)
  }
  await page.locator('[role=row][aria-rowindex="2"]').first().click()
  await page.waitForTimeout(1_200)
  await look('message')
  await job.go('/contacts', 'Contacts')
  await page.locator('[role=row][aria-rowindex="2"]').first().click()
  await page.waitForTimeout(1_200)
  await look('contact')
  await textsAndAnswers(page, server, look)
  await job.go('/team/history', 'Audit log')
  await page.locator('[data-history=CAMPAIGNS]').first().waitFor()
  await look('audit-log')
  await putHoursBack(server)
  await job.go(`/quiet-hours?campaign=${campaignId}`, 'Quiet hours')
  await page.getByText('Why then').waitFor({ timeout: 30_000 })
  await page.waitForTimeout(1_200)
  await look('quiet-hours')
  await page.keyboard.press('Control+k')
  await page.getByLabel('Search commands').waitFor()
  await look('command-palette')
  assert.deepEqual(faults, [], 'no error in the page')
  await context.close()
  return found
}

/** Somebody asks, is answered, and says STOP: it is in the inbox without a reload, and in the history of the contact. */
async function textsAndAnswers(
  page: Page,
  server: ServerView,
  look: (screen: string) => Promise<void>,
): Promise<void> {
  const job = journeyOf(page, stack.address)
  const { messages } = await server.ask<{
    messages: { edges: { node: { phone: string; contactId: string } }[] }
  }>('{ messages(states: [ACCEPTED], first: 1) { edges { node { phone contactId } } } }')
  const somebody = messages.edges[0]?.node
  assert.ok(somebody, 'somebody got a text')
  await job.go('/inbox', 'Inbox')
  await page.getByText('Nobody has written yet').waitFor()
  await look('inbox-empty')
  stack.text(somebody.phone, 'When do you open on Monday? And is there parking close by?')
  await job.openConversation('When do you open on Monday?')
  await job.reply('At nine – see you then!')
  await look('inbox-reply')
  await job.sendReply()
  stack.text(somebody.phone, 'STOP')
  await page.locator('[data-class=OPT_OUT]').waitFor({ timeout: 30_000 })
  await page.getByText('The person has opted out').waitFor({ timeout: 30_000 })
  await look('inbox-stop')
  await job.go(`/contacts/${somebody.contactId}`, /.*/)
  await page.getByText('Revoked marketing').first().waitFor({ timeout: 30_000 })
  await look('contact-opted-out')
  await job.go('/inbox', 'Inbox')
  await page.locator('[data-conversation]').getByText('Opted out').waitFor()
  await look('inbox')
  say('a STOP is in the inbox and in the history of the contact')
}

/** The demo texts no people, so its hours are lifted; here they are looked at. */
async function putHoursBack(server: ServerView): Promise<void> {
  const admin = await openServerView(stack.address, demoPeople[4].email, demoPassword)
  const { account } = await server.ask<{ account: { id: string } }>('{ account { id } }')
  await admin.ask('mutation ($id: ID!) { waiveQuietHours(accountId: $id, reason: null) { __typename } }', {
    id: account.id,
  })
}

function screens(campaignId: string): [route: string, heading: string | RegExp, name: string][] {
  return [
    ['/', 'Overview', 'overview'],
    ['/campaigns', 'Campaigns', 'campaigns'],
    [`/campaigns/${campaignId}`, 'Spring sale', 'campaign'],
    ['/contacts', 'Contacts', 'contacts'],
    ['/contacts/imports', 'Imports', 'imports'],
    ['/credits', 'Credits', 'credits'],
    ['/credits/ledger', 'Ledger', 'ledger'],
    ['/credits/buy', 'Buy credits', 'buy'],
    ['/developers', 'Developers', 'developers'],
    ['/team', 'Team', 'team'],
    ['/messages', 'Messages', 'messages'],
  ]
}

/** A change between the first read of a screen and the beginning of its live view. */
async function liveGap(opened: Browser): Promise<void> {
  const context = await opened.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const [owner] = demoPeople
  await journeyOf(page, stack.address).signIn(owner.email)
  const server = await openServerView(stack.address, owner.email, demoPassword)
  await nothingMissedBetween(page, context, stack.address, server)
  await context.close()
  say('what happens while a live view begins is seen')
}

/** Last: it gives somebody another password and another account. */
async function switching(opened: Browser): Promise<void> {
  const context = await opened.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
  const faults: string[] = []
  context.on('weberror', (fault) => faults.push(fault.error().message))
  await switchedAccounts(context, stack.address)
  assert.deepEqual(faults, [], 'no error in the page')
  await context.close()
  say('a switch of accounts takes every tab along, and nothing is bought in an account that nobody sees')
}

/** After the main job, so that there are texts to open. */
async function withoutMouse(opened: Browser): Promise<void> {
  const context = await opened.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  if (!isWanted('main'))
    await startCampaign(await openServerView(stack.address, demoPeople[0].email, demoPassword), 'Some texts')
  await keyboardJob(page, stack.address, demoPeople[0].email)
  assert.deepEqual(faults, [], 'no error in the page')
  await context.close()
  say('a piece of the main job works by keyboard alone')
}

/** A booking, its move and its end, with what is told about each. */
async function appointmentScreens(opened: Browser): Promise<Violation[]> {
  const context = await opened.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  const [owner] = demoPeople
  const server = await openServerView(stack.address, owner.email, demoPassword)
  await journeyOf(page, stack.address).signIn(owner.email)
  const found: Violation[] = []
  await appointmentsJob(page, stack.address, server, async (screen) => {
    found.push(...(await lookAtScreen(page, screen)))
    say(`looked at ${screen}`)
  })
  assert.deepEqual(faults, [], 'no error in the page')
  await context.close()
  return found
}

/** A receiver is told what happens, fails, goes away and comes back. */
async function webhookScreens(opened: Browser): Promise<Violation[]> {
  const context = await opened.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  await journeyOf(page, stack.address).signIn(demoPeople[0].email)
  const found: Violation[] = []
  await webhooksJob(page, stack.address, async (screen) => {
    found.push(...(await lookAtScreen(page, screen)))
    say(`looked at ${screen}`)
  })
  await context.clearCookies()
  await journeyOf(page, stack.address).signIn(demoPeople[1].email)
  await webhooksOfOwnersOnly(page, stack.address)
  assert.deepEqual(faults, [], 'no error in the page')
  await context.close()
  return found
}

async function platformScreens(opened: Browser): Promise<Violation[]> {
  const context = await opened.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const job = journeyOf(page, stack.address)
  await job.signIn(demoPeople[4].email)
  await job.go('/operations', 'Operations')
  await page.waitForTimeout(1_000)
  const found = await lookAtScreen(page, 'operations')
  await page.getByRole('tab', { name: 'Accounts' }).click()
  await page.getByText('Acme Fitness').click()
  await page.getByRole('heading', { name: 'Acme Fitness' }).waitFor()
  found.push(...(await lookAtScreen(page, 'operations-account')))
  await context.close()
  return found
}

/** The numbers on the screen are the server's, to the last text and credit. */
async function sameAsServer(server: ServerView, page: Page, campaignId: string): Promise<void> {
  const { campaign } = await server.ask<{
    campaign: {
      progress: { accepted: number; capturedCredits: number; heldCredits: number; skipped: number }
    }
  }>('query ($id: ID!) { campaign(id: $id) { progress { accepted capturedCredits heldCredits skipped } } }', {
    id: campaignId,
  })
  const { accepted, capturedCredits, heldCredits } = campaign.progress
  const shown = await page.locator('main').innerText()
  assert.match(shown, new RegExp(`Sent\\s+${accepted.toLocaleString('en')}\\s`), 'texts sent')
  assert.match(
    shown,
    new RegExp(`Credits spent\\s+${capturedCredits.toLocaleString('en')}\\s`),
    'credits spent',
  )
  assert.equal(heldCredits, 0, 'nothing is held at the end')
  say(`the screen and the server agree: ${String(accepted)} sent, ${String(capturedCredits)} credits`)
}

/** The live tail was cut as often as everything else, and has every event once and in order. */
async function noGapIn(server: ServerView, tail: Page): Promise<void> {
  const line = tail.locator('[data-events-seen]')
  const { messageTally } = await server.ask<{ messageTally: { counts: { messages: number }[] } }>(
    'query ($since: DateTime!) { messageTally(since: $since) { counts { messages } } }',
    { since: BEFORE_EVERYTHING },
  )
  const happened = messageTally.counts.reduce((sum, { messages }) => sum + messages, 0)
  const giveUpAt = performance.now() + SETTLE_MS_MAX
  let seen = 0
  while (seen !== happened && performance.now() < giveUpAt) {
    seen = Number(await line.getAttribute('data-events-messages'))
    await pause(500)
  }
  assert.equal(seen, happened, 'the tail has seen what has happened')
  assert.equal(await line.getAttribute('data-events-out-of-order'), '0', 'nothing came twice or out of order')
  say(`the live tail saw every one of ${String(happened)} messages in its events, none twice`)
}
