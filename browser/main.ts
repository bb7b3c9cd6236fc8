import assert from 'node:assert/strict'
import { chromium, type Browser, type Page } from 'playwright-core'
import { demoPassword, demoPeople } from '../src/app/seed.js'
import { pause } from '../src/kernel/pause.js'
import { say } from '../src/local/print.js'
import { cuttableSockets } from './cuttable-sockets.js'
import { journeyOf } from './journey.js'
import { lookAtScreen, type Violation } from './look-at-screen.js'
import { openServerView, type ServerView } from './server-view.js'
import { startStack } from './stack.js'

const CUTS = 5
const CUT_EVERY_MS = 2_000
const SETTLE_MS_MAX = 60_000
const BEFORE_EVERYTHING = '2020-01-01T00:00:00Z'

const stack = await startStack({ SENDER_SEGMENTS_PER_SECOND: '50', SEND_BATCH_SIZE: '40' })
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void stack.stop().then(() => process.exit(1)))
}
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
})
try {
  const violations = [...(await mainJob(browser)), ...(await platformScreens(browser))]
  for (const { screen, id, help, where } of violations)
    say(`axe: ${screen}: ${id}: ${help}\n  ${where.join('\n  ')}`)
  assert.equal(violations.length, 0, 'axe-core finds no serious violation')
  say('The main job works through the console, and every screen is accessible.')
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
  await job.quote()
  await look('wizard-quote')

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
    await page.locator('[data-connection=connected]').waitFor({ timeout: 15_000 })
    await job.assertFunnelAddsUp()
  }
  say(`cut the connection ${String(CUTS)} times`)
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
  await page.keyboard.press('Control+k')
  await page.getByLabel('Search commands').waitFor()
  await look('command-palette')
  assert.deepEqual(faults, [], 'no error in the page')
  await context.close()
  return found
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
