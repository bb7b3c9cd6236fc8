import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { demoPeople } from '../../src/app/seed.js'
import { checkoutRoot } from '../../src/local/checkout.js'
import { say } from '../../src/local/print.js'
import { journeyOf } from '../journey.js'
import { driveRound } from './drive.js'
import type { LoadStage } from './installation.js'
import { endCampaigns, messagesIn, standingOf, startCampaign, untilUnderWay } from './prepare.js'
import { startTrace, type Task, type Trace } from './trace.js'
import { watchQueries, type QueryTimes } from './watch-queries.js'

export interface Measured {
  trace: Trace
  tasks: (Task & { screen: string })[]
  /** What the page's own PerformanceObserver saw, to be held against the trace. */
  longTasksSeen: number[]
  /** From an input to the next frame after it. */
  interactionsMs: number[]
  queries: QueryTimes[]
  framesReceived: number
  messagesBefore: number
  messagesAfter: number
  sentPerSecond: number
  campaignState: string
  pageFaults: string[]
}

const DRIVEN_SECONDS_MIN = 60

/** Drives the console for a minute or more while a campaign to everybody is sent as fast as it goes. */
export async function measure(browser: Browser, stage: LoadStage): Promise<Measured> {
  const messagesBefore = await messagesIn(stage.db)
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  await context.addInitScript(observePage)
  const page = await context.newPage()
  const watch = watchQueries(page)
  const pageFaults: string[] = []
  page.on('pageerror', (error) => pageFaults.push(error.message))
  await journeyOf(page, stage.address).signIn(demoPeople[0].email)
  await endCampaigns(stage.server)
  const name = `Load ${new Date(performance.timeOrigin).toISOString()}`
  const campaignId = await startCampaign(stage.server, name)
  await untilUnderWay(stage.server, campaignId)
  watch.begin()
  const before = await standingOf(stage.server, campaignId)
  const begunAt = performance.now()
  const end = await startTrace(browser)
  const visits: { screen: string; fromMs: number }[] = []
  do {
    await driveRound(page, name, (screen) => {
      visits.push({ screen, fromMs: performance.now() - begunAt })
    }).catch(async (error: unknown) => {
      await page.screenshot({ path: path.join(checkoutRoot(), 'browser', 'screenshots', 'load-fault.png') })
      throw error
    })
  } while (performance.now() - begunAt < DRIVEN_SECONDS_MIN * 1_000)
  const after = await standingOf(stage.server, campaignId)
  const seconds = (performance.now() - begunAt) / 1_000
  const trace = await end(stage.address)
  const seen = await seenBy(page)
  await endCampaigns(stage.server)
  await context.close()
  say(`Drove ${String(visits.length)} screens in ${seconds.toFixed(0)} s.`)
  return {
    trace,
    tasks: trace.tasks.map((task) => ({
      ...task,
      screen: visits.findLast(({ fromMs }) => fromMs <= task.atMs)?.screen ?? 'before',
    })),
    ...seen,
    queries: watch.times(),
    framesReceived: watch.framesReceived(),
    messagesBefore,
    messagesAfter: await messagesIn(stage.db),
    sentPerSecond: (after.accepted - before.accepted) / seconds,
    campaignState: after.state,
    pageFaults,
  }
}

interface Seen {
  longTasksSeen: number[]
  interactionsMs: number[]
}

async function seenBy(page: Page): Promise<Seen> {
  return page.evaluate<Seen>('window.seenByTheLoadTest')
}

/** Runs in the page, before everything of it. */
const observePage = `
  window.seenByTheLoadTest = { longTasksSeen: [], interactionsMs: [] };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.seenByTheLoadTest.longTasksSeen.push(duration);
  }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const { duration, interactionId } of list.getEntries())
      if (interactionId > 0) window.seenByTheLoadTest.interactionsMs.push(duration);
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });
`
