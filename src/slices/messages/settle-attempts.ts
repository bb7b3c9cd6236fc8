import type { AccountId } from '../../kernel/ids.js'
import { carrierBackoff, backoffMs, type BackoffPolicy } from '../../kernel/backoff.js'
import type { Clock } from '../../kernel/clock.js'
import type { Random } from '../../kernel/random.js'
import { assert } from '../../kernel/assert.js'
import type { Db } from '../../platform/db/data-source.js'
import { inTransaction, type Tx } from '../../platform/db/transaction.js'
import { appendEvents, type NewEvent } from '../../platform/realtime/event-log.js'
import { captureHolds, releaseHolds } from '../credits/index.js'
import type { Evidence } from './domain/attempt-state.js'
import { BATCH_MAX } from './domain/limits.js'
import { correctLateProofs, type LateProof } from './correct-late-proofs.js'
import { isTooOld, retryAt } from './domain/retry.js'
import { markFailedNumbers } from './mark-failed-numbers.js'
import { optOutNumber, type OptOutHook } from './opt-out-number.js'
import { decideSettlement, isProvedLate, type AttemptOutcome, type Settlement } from './domain/settlement.js'
import {
  readAttempts,
  writeObservations,
  writeSettlements,
  type AttemptRow,
  type ObservationRow,
  type SettledRow,
} from './store/settle-rows.js'

export interface SettleDeps {
  db: Db
  clock: Clock
  random: Random
  backoff?: BackoffPolicy
  /** Told when the carrier says that a number has opted out, in the same transaction. */
  optOutHooks?: readonly OptOutHook[]
}

export interface AttemptReport {
  attemptId: string
  outcome: AttemptOutcome
}

export interface SettleResult {
  /** Reports that changed something; the rest was known already or came too late. */
  settled: number
}

/**
 * Writes what became of attempts: captures the accepted, releases the unsent, keeps the hold of the unknown. Evidence is
 * taken from anybody (worker, callback, look-up), in any order, any number of times: what is settled stays settled. A proof
 * of acceptance that comes after an attempt was closed without one is corrected in the ledger (`correctLateProofs`).
 */
export async function settleAttempts(
  deps: SettleDeps,
  accountId: AccountId,
  reports: readonly AttemptReport[],
  evidence: Evidence,
): Promise<SettleResult> {
  return inTransaction(deps.db, { name: 'messages.settle', accountId }, (tx) =>
    settleInTransaction(tx, deps, accountId, reports, evidence),
  )
}

/** The same within the caller's transaction, which must hold the account's lock. */
export async function settleInTransaction(
  tx: Tx,
  deps: Omit<SettleDeps, 'db'>,
  accountId: AccountId,
  reports: readonly AttemptReport[],
  evidence: Evidence,
): Promise<SettleResult> {
  assert(reports.length <= BATCH_MAX, 'settlements are batched')
  const now = deps.clock.now().toJSDate()
  const attempts = await readAttempts(
    tx,
    accountId,
    reports.map((report) => report.attemptId),
  )
  const late = lateProofs(attempts, reports)
  const decided = decideAll(attempts, reports, now, new Set(late.map((proof) => proof.messageId)))
  await writeObservations(tx, observations(attempts, reports, evidence), evidence)
  const actor = `messages:${evidence}`
  await captureHolds(tx, accountId, idsWith(decided, 'capture'), actor)
  await releaseHolds(tx, accountId, idsWith(decided, 'release'), actor)
  // Before the attempts are written: the database accepts none whose charge was given back and is not charged again.
  const corrected = await correctLateProofs(tx, accountId, late, evidence)
  const changed = new Set([...corrected, ...decided.map(({ attempt }) => attempt.id)]).size
  if (decided.length === 0) return { settled: changed }
  await writeSettlements(
    tx,
    accountId,
    decided.map((item) => toRow(item, now, deps)),
    evidence,
    now,
  )
  for (const { attempt, outcome } of decided) {
    if (outcome.kind === 'not_sent' && outcome.optedOut) {
      await optOutNumber(tx, deps.optOutHooks ?? [], accountId, attempt.phone, {
        method: 'carrier_21610',
        source: 'carrier',
        occurredAt: now,
      })
    }
  }
  await markFailedNumbers(tx, accountId, refusedFor(decided), now)
  await appendEvents(tx, accountId, toEvents(accountId, decided))
  return { settled: changed }
}

function refusedFor(decided: readonly Decided[]): { phone: string; code: number | null }[] {
  return decided.flatMap(({ attempt, outcome }) =>
    outcome.kind === 'not_sent' ? [{ phone: attempt.phone, code: outcome.errorCode }] : [],
  )
}

interface Decided {
  attempt: AttemptRow
  outcome: AttemptOutcome
  settlement: Settlement
}

function decideAll(
  attempts: readonly AttemptRow[],
  reports: readonly AttemptReport[],
  now: Date,
  provedLate: ReadonlySet<string>,
): Decided[] {
  const byId = new Map(attempts.map((attempt) => [attempt.id, attempt]))
  const decided: Decided[] = []
  for (const { attemptId, outcome } of reports) {
    const attempt = byId.get(attemptId)
    if (attempt === undefined) continue
    const settlement = decideSettlement(
      {
        attempt: attempt.state,
        calls: attempt.tries,
        refusals: attempt.refusals,
        isSingle: attempt.campaign_id === null,
        isTooOld: isTooOld(attempt.first_at, now),
        isTakenBack: attempt.taken_back !== null || provedLate.has(attempt.message_id),
      },
      outcome,
    )
    if (settlement === null) continue
    decided.push({ attempt, outcome, settlement })
    // Two reports of one attempt in one batch: the second must see what the first did.
    byId.set(attemptId, { ...attempt, state: settlement.attempt })
  }
  return keepLast(decided)
}

/** One row per attempt, since one statement writes them all: a later report in the batch replaces an earlier one. */
function keepLast(decided: readonly Decided[]): Decided[] {
  const last = new Map<string, Decided>()
  for (const item of decided) {
    const earlier = last.get(item.attempt.id)
    const credits =
      item.settlement.credits === 'keep' ? (earlier?.settlement.credits ?? 'keep') : item.settlement.credits
    last.set(item.attempt.id, { ...item, settlement: { ...item.settlement, credits } })
  }
  return [...last.values()]
}

/** Proofs of acceptance for attempts that were closed without one. */
function lateProofs(attempts: readonly AttemptRow[], reports: readonly AttemptReport[]): LateProof[] {
  const byId = new Map(attempts.map((attempt) => [attempt.id, attempt]))
  return reports.flatMap(({ attemptId, outcome }) => {
    const attempt = byId.get(attemptId)
    if (outcome.kind !== 'accepted' || attempt === undefined || !isProvedLate(attempt.state)) return []
    const { message_id: messageId, campaign_id: campaignId, state: closedAs } = attempt
    return [{ attemptId, messageId, campaignId, sid: outcome.sid, closedAs }]
  })
}

/** Carrier ids that did not come from the worker's own call, so that a second id for one message is never overlooked. */
function observations(
  attempts: readonly AttemptRow[],
  reports: readonly AttemptReport[],
  evidence: Evidence,
): ObservationRow[] {
  const byId = new Map(attempts.map((attempt) => [attempt.id, attempt]))
  return reports.flatMap(({ attemptId, outcome }) => {
    const attempt = byId.get(attemptId)
    if (outcome.kind !== 'accepted' || attempt === undefined || attempt.sid === outcome.sid) return []
    if (evidence === 'worker' && (attempt.state === 'dispatching' || attempt.state === 'unknown')) return []
    return [{ sid: outcome.sid, attemptId, messageId: attempt.message_id }]
  })
}

function idsWith(decided: readonly Decided[], credits: Settlement['credits']): string[] {
  return decided.filter((item) => item.settlement.credits === credits).map((item) => item.attempt.id)
}

function toRow(item: Decided, now: Date, deps: Omit<SettleDeps, 'db'>): SettledRow {
  const { attempt, outcome, settlement } = item
  const refused = outcome.kind === 'not_sent' ? outcome : null
  const delayMs = refused === null ? 0 : backoffMs(deps.backoff ?? carrierBackoff, attempt.tries, deps.random)
  return {
    attemptId: attempt.id,
    messageId: attempt.message_id,
    attemptState: settlement.attempt,
    messageState: settlement.message,
    sid: outcome.kind === 'accepted' ? outcome.sid : null,
    errorCode: refused?.errorCode ?? null,
    failureClass: refused?.failureClass ?? null,
    reason: refused?.reason ?? (outcome.kind === 'unknown' ? outcome.reason : null),
    notBefore: settlement.retry
      ? retryAt({ now, delayMs, retryAfterMs: refused?.retryAfterMs ?? null, expiresAt: attempt.expires_at })
      : null,
  }
}

/** One event per campaign and new state, with all its messages. */
function toEvents(accountId: AccountId, decided: readonly Decided[]): NewEvent[] {
  const groups = new Map<string, NewEvent & { messageIds: string[] }>()
  for (const { attempt, settlement } of decided) {
    const key = `${attempt.campaign_id ?? ''}|${settlement.message}`
    const group = groups.get(key) ?? {
      accountId,
      topic: 'messages' as const,
      campaignId: attempt.campaign_id,
      messageIds: [],
      payload: { kind: settlement.message },
    }
    group.messageIds.push(attempt.message_id)
    groups.set(key, group)
  }
  return [...groups.values()]
}
