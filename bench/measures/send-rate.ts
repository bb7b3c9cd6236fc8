import { capturedMessages, forgetCampaigns, prepareCampaign } from '../support/campaign.js'
import type { BenchOptions, Result } from '../support/result.js'
import { runSender, type SenderReport, type Stage } from '../support/stage.js'
import { round, spread } from '../support/statistics.js'

/** Calls in flight when the carrier answers at once. */
export const CONCURRENCY = 100
export const BATCH_SIZE = 1000

/** Messages per run: some ten seconds, since a process is slow while it is warm only in part. Calls in flight, for both sides. */
const latencies = [
  { ms: 0, messages: 30_000, concurrency: CONCURRENCY, goal: 0.6, aim: 0.85 },
  { ms: 20, messages: 30_000, concurrency: 200, goal: 0.8, aim: 0.92 },
  { ms: 100, messages: 30_000, concurrency: 500, goal: 0.92, aim: 0.97 },
] as const

/** P1: the durable sender against a bare loop over our own carrier client. */
export async function measureAgainstOwnClient(stage: Stage, options: BenchOptions): Promise<Result[]> {
  const results: Result[] = []
  for (const latency of latencies) {
    await stage.setCarrier({ latencyMs: latency.ms })
    const messages = Math.round(latency.messages * options.scale)
    const pairs = await measurePairs(
      stage,
      options,
      { messages, concurrency: latency.concurrency },
      'bare-carrier',
      `P1 at ${String(latency.ms)} ms`,
    )
    results.push(
      toResult(
        `P1@${String(latency.ms)}ms`,
        'durable send rate ÷ bare loop over our own carrier client',
        pairs,
        latency.goal,
        latency.aim,
      ),
    )
  }
  await stage.setCarrier({ latencyMs: 0 })
  return results
}

/** P2: against the official SDK with its default client and no database. */
export async function measureAgainstSdk(stage: Stage, options: BenchOptions): Promise<Result[]> {
  await stage.setCarrier({ latencyMs: 0 })
  const work = { messages: Math.round(20_000 * options.scale), concurrency: CONCURRENCY }
  const pairs = await measurePairs(stage, options, work, 'bare-sdk', 'P2')
  return [toResult('P2', 'durable send rate ÷ bare loop over the official SDK', pairs, 2.5)]
}

export interface Work {
  messages: number
  /** Calls in flight. */
  concurrency: number
}

interface Pair {
  durable: SenderReport
  bare: SenderReport
}

async function measurePairs(
  stage: Stage,
  options: BenchOptions,
  work: Work,
  bareKind: 'bare-carrier' | 'bare-sdk',
  label: string,
): Promise<Pair[]> {
  const pairs: Pair[] = []
  // The first pair warms caches up and is not counted.
  for (let pair = 0; pair <= options.pairs; pair += 1) {
    const durable = await runDurable(stage, work)
    await stage.resetCarrier()
    const bare = await runSender(bareKind, { ...job(stage, work), worker: 'bare' })
    if (pair === 0) continue
    pairs.push({ durable, bare })
    options.say(`${label}, pair ${String(pair)}: durable ${rate(durable)}/s, bare ${rate(bare)}/s`)
  }
  return pairs
}

/** One run of the durable sender over a fresh campaign. Void unless carrier and ledger agree. */
export async function runDurable(stage: Stage, work: Work): Promise<SenderReport> {
  const { messages } = work
  await forgetCampaigns(stage.db)
  const campaign = await prepareCampaign(stage.db, messages)
  await stage.resetCarrier()
  const report = await runSender('durable-sender', { ...job(stage, work), worker: 'bench-1' })
  await requireAgreement(stage, campaign.accountId, messages)
  return { ...report, messages }
}

export async function requireAgreement(
  stage: Stage,
  accountId: Parameters<typeof capturedMessages>[1],
  messages: number,
): Promise<void> {
  const summary = await stage.carrierSummary()
  const captured = await capturedMessages(stage.db, accountId)
  if (summary.accepted === messages && captured === messages && summary.distinctPhones === messages) return
  throw new Error(
    `void: ${String(messages)} messages, ${String(captured)} captured, ${String(summary.accepted)} at the carrier on ${String(summary.distinctPhones)} phones`,
  )
}

export function job(
  stage: Stage,
  { messages, concurrency = CONCURRENCY }: Partial<Work> & Pick<Work, 'messages'>,
) {
  return {
    databaseUrl: stage.databaseUrl,
    carrierUrl: stage.carrierUrl,
    concurrency,
    batchSize: BATCH_SIZE,
    messages,
  }
}

function perSecond(report: SenderReport): number {
  return report.messages / report.seconds
}

function rate(report: SenderReport): string {
  return perSecond(report).toFixed(0)
}

function toResult(id: string, what: string, pairs: readonly Pair[], goal: number, aim?: number): Result {
  const ratios = pairs.map((pair) => perSecond(pair.durable) / perSecond(pair.bare))
  const ratio = spread(ratios)
  return {
    id,
    what,
    ratio: round(ratio.median),
    goal: `≥ ${String(goal)}`,
    ...(aim === undefined ? {} : { aim: `≥ ${String(aim)}` }),
    pass: ratio.median >= goal,
    pairs: ratios.map((value) => round(value)),
    spread: ratio,
    details: {
      durablePerSecond: round(spread(pairs.map((pair) => perSecond(pair.durable))).median, 0),
      barePerSecond: round(spread(pairs.map((pair) => perSecond(pair.bare))).median, 0),
      durableCpuMicros: round(spread(pairs.map((pair) => pair.durable.cpuMicrosPerMessage)).median, 0),
      bareCpuMicros: round(spread(pairs.map((pair) => pair.bare.cpuMicrosPerMessage)).median, 0),
    },
  }
}
