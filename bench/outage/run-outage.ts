import { systemClock } from '../../src/kernel/clock.js'
import { pause } from '../../src/kernel/pause.js'
import { runAudit } from '../../src/app/audit/run-audit.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { recordFence } from '../../src/slices/accounts/index.js'
import { prepareCampaign, type BenchCampaign } from '../support/campaign.js'
import { carrierAway, carrierThere } from '../support/carrier-weather.js'
import { openStage, type Stage } from '../support/stage.js'
import { startWorkers } from './workers.js'

export interface OutageOptions {
  messages: number
  outageSeconds: number
  limitPerSecond: number
  workers: number
  say: (line: string) => void
}

export interface OutageResult {
  /** Messages that waited when the carrier went away. */
  waiting: number
  outageSeconds: number
  /** Calls that reached the carrier while it was away. */
  callsDuringOutage: number
  pauses: number
  /** From the carrier's return to the first text that it accepted. */
  returnSeconds: number
  /** Accepted in any second after the return, wherever the second begins. */
  peakPerSecond: number
  limitPerSecond: number
  drainSeconds: number
  lost: number
  duplicates: number
  auditBreaches: number
  pass: boolean
}

/** Sent before the carrier goes away, so that it goes away in the middle of work. */
const SENT_BEFORE = 300
/** Some more leave before the carrier hears that it is away. */
const IN_BETWEEN = 100
const PATIENCE_MS = 600_000

/**
 * The compiled program with several workers, a carrier that goes away in the middle of a campaign and comes back, and the
 * carrier's own record as the judge: is the sender's limit kept when everything that waited goes out, is anything lost?
 */
export async function runOutage(options: OutageOptions): Promise<OutageResult> {
  const { say } = options
  const stage = await openStage(say)
  const workers = startWorkers(stage, options)
  try {
    await recordFence({ db: stage.db, clock: systemClock }, true)
    await stage.setCarrier({
      latencyMs: { min: 20, max: 60 },
      tokenTtlMs: 20_000,
      listLagMs: { min: 0, max: 500 },
    })
    const campaign = await prepareCampaign(stage.db, prepared(options))
    workers.start()
    await until(async () => (await stage.carrierSummary()).accepted >= SENT_BEFORE, workers.lastWords)
    return await throughOutage(stage, campaign, options, workers.lastWords)
  } finally {
    await workers.stop()
    await stage.close()
  }
}

function prepared({ messages }: OutageOptions): number {
  return messages + SENT_BEFORE + IN_BETWEEN
}

async function throughOutage(
  stage: Stage,
  campaign: BenchCampaign,
  options: OutageOptions,
  lastWords: () => string,
): Promise<OutageResult> {
  const { say, outageSeconds, limitPerSecond } = options
  const total = prepared(options)
  await stage.setCarrier({ faults: carrierAway })
  const callsBefore = await creates(stage)
  const waiting = (await tallyOf(stage, campaign)).pending
  say(`The carrier is away; ${String(waiting)} messages wait.`)
  const returnAt = systemClock.monotonicMs() + outageSeconds * 1_000
  await until(() => systemClock.monotonicMs() >= returnAt, lastWords)
  const callsDuringOutage = (await creates(stage)) - callsBefore
  await stage.setCarrier({ faults: carrierThere })
  const returnedAtMs = systemClock.now().toMillis()
  say(
    `The carrier is back after ${String(outageSeconds)} s, in which ${String(callsDuringOutage)} calls tried it.`,
  )
  await until(async () => {
    const { pending, dispatching, unknown } = await tallyOf(stage, campaign)
    return pending + dispatching + unknown === 0
  }, lastWords)
  const drainSeconds = (systemClock.now().toMillis() - returnedAtMs) / 1_000
  const summary = await stage.carrierSummary()
  const after = (await acceptedAt(stage)).filter((time) => time >= returnedAtMs)
  const peakPerSecond = peakOf(after)
  const lost = total - summary.distinctPhones
  const auditBreaches = (await runAudit(stage.db)).findings.reduce((sum, { breaches }) => sum + breaches, 0)
  return {
    waiting,
    outageSeconds,
    callsDuringOutage,
    pauses: await pausesOf(stage, campaign),
    returnSeconds: after.length === 0 ? -1 : round((Math.min(...after) - returnedAtMs) / 1_000),
    peakPerSecond,
    limitPerSecond,
    drainSeconds: round(drainSeconds),
    lost,
    duplicates: summary.duplicates,
    auditBreaches,
    pass: lost === 0 && summary.duplicates === 0 && auditBreaches === 0 && peakPerSecond <= limitPerSecond,
  }
}

interface Tally {
  pending: number
  dispatching: number
  unknown: number
}

async function tallyOf(stage: Stage, { campaignId }: BenchCampaign): Promise<Tally> {
  const [row] = await readQuery<Tally>(
    stage.db,
    'select pending, dispatching, unknown from message_tally where campaign_id = $1',
    [campaignId],
  )
  if (row === undefined) throw new Error('the campaign has a tally')
  return row
}

async function pausesOf(stage: Stage, { campaignId }: BenchCampaign): Promise<number> {
  const [row] = await readQuery<{ n: number }>(
    stage.db,
    `select count(*)::int as n from control_event where key = $1 and reason = 'carrier_unavailable'`,
    [campaignId],
  )
  return row?.n ?? 0
}

async function creates(stage: Stage): Promise<number> {
  const answer = await fetch(`${stage.carrierUrl}/control/summary`)
  const { requests } = (await answer.json()) as { requests: { creates: number } }
  return requests.creates
}

/** By the carrier's own record, one segment each. */
async function acceptedAt(stage: Stage): Promise<number[]> {
  const record = await (await fetch(`${stage.carrierUrl}/control/record`)).text()
  return record
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => new Date((JSON.parse(line) as { acceptedAt: string }).acceptedAt).getTime())
}

function peakOf(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b)
  let first = 0
  let peak = 0
  for (const [last, time] of sorted.entries()) {
    while ((sorted[first] ?? time) <= time - 1_000) first += 1
    peak = Math.max(peak, last - first + 1)
  }
  return peak
}

async function until(isSo: () => boolean | Promise<boolean>, lastWords: () => string): Promise<void> {
  const giveUpAt = systemClock.monotonicMs() + PATIENCE_MS
  while (systemClock.monotonicMs() < giveUpAt) {
    if (await isSo()) return
    await pause(200)
  }
  throw new Error(`the run did not come to its end; the workers said:\n${lastWords()}`)
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
