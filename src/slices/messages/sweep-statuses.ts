import pLimit from 'p-limit'
import { assert } from '../../kernel/assert.js'
import type { AccountId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { deliveryStatuses, isFinalStatus, type Carrier } from '../carrier/index.js'
import { applyDeliveryReports, type ApplyDeps, type DeliveryReport } from './apply-delivery-reports.js'
import { BATCH_MAX } from './domain/limits.js'
import { sweepTiers, type SweepTier } from './domain/sweep-tier.js'
import { lowestIdAt } from './domain/time-ordered-id.js'
import { addTier, lockTier, readRange, writeSwept, type SweptAttempt } from './store/sweep-rows.js'

export interface SweepDeps extends ApplyDeps {
  db: Db
  carrier: Pick<Carrier, 'fetchStatus'>
}

export interface SweepOptions {
  /** Questions to the carrier in one pass, for each tier. */
  limit: number
  /** Questions to the carrier at once. */
  concurrency: number
}

export interface SweepResult {
  asked: number
  moved: number
  unavailable: number
}

const finalStatuses = deliveryStatuses.filter(isFinalStatus)
/** Ranges that one pass claims of a tier. */
const RANGES_MAX = 10

/**
 * Asks the carrier about accepted messages whose delivery has not been reported to the end, at growing ages. Each
 * attempt is asked for once per tier at most, whatever the number of workers: a range is claimed and committed first, then
 * the carrier is asked with no transaction open, then the answers are applied as callbacks are. A worker that dies in
 * between leaves its range to the next tier; so does a carrier that does not answer, after which this pass ends.
 */
export async function sweepStatuses(deps: SweepDeps, options: SweepOptions): Promise<SweepResult> {
  assert(options.limit <= BATCH_MAX, 'a sweep asks a bounded number of questions')
  const result: SweepResult = { asked: 0, moved: 0, unavailable: 0 }
  for (const tier of sweepTiers) {
    const open = await claimOpen(deps, tier, options.limit)
    if (open.length === 0) continue
    const { reports, unavailable } = await ask(deps, tier, open, options.concurrency)
    result.asked += open.length
    result.unavailable += unavailable
    result.moved += await applyAnswers(deps, reports)
    if (unavailable > open.length / 2) break
  }
  return result
}

/** Claims ranges until there is enough to ask or the tier is up to date. Most attempts are final and cost a glance. */
async function claimOpen(deps: SweepDeps, tier: SweepTier, limit: number): Promise<SweptAttempt[]> {
  const open: SweptAttempt[] = []
  for (let range = 0; range < RANGES_MAX; range += 1) {
    const claimed = await claimRange(deps, tier, limit - open.length)
    open.push(...claimed.open)
    if (!claimed.more || open.length >= limit) break
  }
  return open
}

async function claimRange(
  deps: SweepDeps,
  tier: SweepTier,
  limit: number,
): Promise<{ open: SweptAttempt[]; more: boolean }> {
  const now = deps.clock.now()
  const below = lowestIdAt(now.minus({ milliseconds: tier.fromMs }).toJSDate())
  const oldest = lowestIdAt(now.minus({ milliseconds: tier.untilMs }).toJSDate())
  return inTransaction(deps.db, { name: 'messages.claimSweep' }, async (tx) => {
    await addTier(tx, tier.name)
    const swept = await lockTier(tx, tier.name)
    if (swept === null || swept >= below) return { open: [], more: false }
    const after = swept > oldest ? swept : oldest
    const range = await readRange(tx, { after, below, finalStatuses, limit: BATCH_MAX })
    const open = range.open.slice(0, limit)
    const cut = open.length < range.open.length ? open.at(-1)?.attemptId : undefined
    const more = cut !== undefined || range.scanned === BATCH_MAX
    // Read to its end, the range is done up to its bound: attempts made later have higher ids.
    await writeSwept(tx, tier.name, cut ?? (more ? range.last : null) ?? below)
    return { open, more }
  })
}

interface Answer extends DeliveryReport {
  accountId: AccountId
}

async function ask(
  deps: SweepDeps,
  tier: SweepTier,
  open: readonly SweptAttempt[],
  concurrency: number,
): Promise<{ reports: Answer[]; unavailable: number }> {
  const limit = pLimit(concurrency)
  const reports: Answer[] = []
  const counts = { found: 0, absent: 0, unavailable: 0 }
  await Promise.all(
    open.map(({ attemptId, accountId, sid }) =>
      limit(async () => {
        const answer = await deps.carrier.fetchStatus(sid)
        counts[answer.kind] += 1
        if (answer.kind !== 'found' || answer.status === null) return
        reports.push({ attemptId, accountId, sid, status: answer.status, errorCode: answer.errorCode })
      }),
    ),
  )
  for (const [answer, count] of Object.entries(counts))
    if (count > 0) deps.counters.asked(tier.name, answer, count)
  return { reports, unavailable: counts.unavailable }
}

async function applyAnswers(deps: SweepDeps, answers: readonly Answer[]): Promise<number> {
  let moved = 0
  for (const accountId of new Set(answers.map((answer) => answer.accountId))) {
    const reports = answers.filter((answer) => answer.accountId === accountId)
    const outcomes = await inTransaction(deps.db, { name: 'messages.applyStatuses', accountId }, (tx) =>
      applyDeliveryReports(tx, deps, accountId, reports),
    )
    moved += outcomes.filter((outcome) => outcome !== 'no-news').length
  }
  return moved
}
