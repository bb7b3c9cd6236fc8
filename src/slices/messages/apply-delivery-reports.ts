import { assert } from '../../kernel/assert.js'
import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { appendEvents, type NewEvent } from '../../platform/realtime/event-log.js'
import { classifyFailure, parseStatus, type DeliveryStatus } from '../carrier/index.js'
import { refundCaptures } from '../credits/index.js'
import { correctLateProofs, type LateProof } from './correct-late-proofs.js'
import { decideDelivery, type DeliveryFact, type DeliveryMove } from './decide-delivery.js'
import { BATCH_MAX } from './domain/limits.js'
import { markFailedNumbers } from './mark-failed-numbers.js'
import type { AlarmKind, MessageCounters } from './message-counters.js'
import { optOutNumber } from './opt-out-number.js'
import { settleInTransaction, type SettleDeps } from './settle-attempts.js'
import {
  insertDeliveries,
  readReported,
  readSidOwners,
  updateDeliveries,
  type DeliveryRow,
  type ReportedAttempt,
} from './store/delivery-rows.js'

export interface DeliveryReport extends DeliveryFact {
  attemptId: string
  sid: string
}

export interface ApplyDeps extends Omit<SettleDeps, 'db'> {
  counters: MessageCounters
}

/** What a report did: moved the delivery, was no news, or did not fit. */
export type ReportOutcome = DeliveryStatus | 'no-news' | 'unknown-attempt' | AlarmKind

/**
 * Applies delivery reports of one account, from callbacks and from status questions alike, in the caller's transaction
 * under the account's lock. Returns what each did, in the same order.
 *
 * Any report proves that the carrier has the message: attempts whose outcome is open are settled as accepted first. A
 * report for an attempt that was closed as unsent is told as an alarm and charged after all; its delivery is followed, since
 * what the carrier does not bill is given back. One with a second carrier id is kept as an observation, told as an alarm,
 * and moves nothing. Safe to repeat, in any order.
 */
export async function applyDeliveryReports(
  tx: Tx,
  deps: ApplyDeps,
  accountId: AccountId,
  reports: readonly DeliveryReport[],
): Promise<ReportOutcome[]> {
  assert(reports.length <= BATCH_MAX, 'delivery reports are batched')
  assert(tx.lockedAccountId === accountId, 'deliveries move under the lock of their account')
  if (reports.length === 0) return []
  const attemptIds = [...new Set(reports.map((report) => report.attemptId))]
  let attempts = await readReported(tx, accountId, attemptIds)
  const events: NewEvent[] = []
  const odd = new Map<DeliveryReport, ReportOutcome>()
  const proofs = reports.filter((report) => attempts.get(report.attemptId)?.sid !== report.sid)
  if (proofs.length > 0) {
    const alarms = await prove(tx, deps, accountId, attempts, proofs, odd)
    events.push(...alarmEvents(accountId, attempts, alarms))
    attempts = await readReported(tx, accountId, attemptIds)
  }
  const moves = decideAll(
    attempts,
    reports.filter((report) => (odd.get(report) ?? 'late_proof') === 'late_proof'),
  )
  await writeMoves(tx, deps, accountId, moves)
  await withdrawConsent(tx, deps, accountId, moves)
  events.push(...deliveryEvents(accountId, moves), ...(await refund(tx, accountId, moves)))
  await appendEvents(tx, accountId, events)
  await chargeAgain(tx, accountId, moves)
  const outcomes = reports.map(
    (report) => odd.get(report) ?? moves.get(report.attemptId)?.move.status ?? 'no-news',
  )
  tx.onCommit(() => {
    for (const [outcome, count] of countBy(outcomes)) deps.counters.report(outcome, count)
  })
  return outcomes
}

/**
 * Settles what these reports prove, and sorts out those that prove something that should not be: the reports that move no
 * delivery are put into `odd`. Returns those that nobody had reported before.
 */
async function prove(
  tx: Tx,
  deps: ApplyDeps,
  accountId: AccountId,
  attempts: ReadonlyMap<string, ReportedAttempt>,
  proofs: readonly DeliveryReport[],
  odd: Map<DeliveryReport, ReportOutcome>,
): Promise<Map<DeliveryReport, AlarmKind>> {
  const known = await readSidOwners(
    tx,
    proofs.map((report) => report.sid),
  )
  const owners = new Map(known)
  const firstSid = new Map<string, string>()
  const alarms = new Map<DeliveryReport, AlarmKind>()
  const settle: DeliveryReport[] = []
  for (const report of proofs) {
    const attempt = attempts.get(report.attemptId)
    const owner = owners.get(report.sid) ?? report.attemptId
    owners.set(report.sid, owner)
    const kind = attempt === undefined ? 'unknown-attempt' : judge(attempt, report, owner, firstSid)
    if (kind !== 'unknown-attempt' && kind !== 'sid_of_another_attempt') settle.push(report)
    if (kind === null) continue
    odd.set(report, kind)
    if (kind !== 'unknown-attempt' && !known.has(report.sid)) alarms.set(report, kind)
    known.set(report.sid, owner)
  }
  const evidence = settle.map(({ attemptId, sid }) => ({
    attemptId,
    outcome: { kind: 'accepted' as const, sid },
  }))
  if (evidence.length > 0) await settleInTransaction(tx, deps, accountId, evidence, 'callback')
  tx.onCommit(() => {
    for (const [kind, count] of countBy([...alarms.values()])) deps.counters.alarm(kind, count)
  })
  return alarms
}

/** Null: it proves the acceptance of its attempt, and nothing is wrong with that. */
function judge(
  attempt: ReportedAttempt,
  report: DeliveryReport,
  owner: string,
  firstSid: Map<string, string>,
): AlarmKind | null {
  if (owner !== report.attemptId) return 'sid_of_another_attempt'
  if (isClosedUnsent(attempt)) return 'late_proof'
  const sid = attempt.sid ?? firstSid.get(attempt.id) ?? report.sid
  firstSid.set(attempt.id, sid)
  return sid === report.sid ? null : 'second_sid'
}

function isClosedUnsent({ state }: ReportedAttempt): boolean {
  return state === 'not_sent' || state === 'absent'
}

interface Move {
  attempt: ReportedAttempt
  move: DeliveryMove
}

function decideAll(
  attempts: ReadonlyMap<string, ReportedAttempt>,
  reports: readonly DeliveryReport[],
): Map<string, Move> {
  const byAttempt = new Map<string, DeliveryReport[]>()
  for (const report of reports) {
    const group = byAttempt.get(report.attemptId)
    if (group === undefined) byAttempt.set(report.attemptId, [report])
    else group.push(report)
  }
  const moves = new Map<string, Move>()
  for (const [attemptId, group] of byAttempt) {
    const attempt = attempts.get(attemptId)
    if (attempt === undefined) continue
    const status = attempt.status === null ? null : parseStatus(attempt.status)
    const move = decideDelivery(status === null ? null : { status, errorCode: attempt.error_code }, group)
    if (move !== null) moves.set(attemptId, { attempt, move })
  }
  return moves
}

async function writeMoves(
  tx: Tx,
  deps: ApplyDeps,
  accountId: AccountId,
  moves: ReadonlyMap<string, Move>,
): Promise<void> {
  const first: DeliveryRow[] = []
  const later: DeliveryRow[] = []
  for (const { attempt, move } of moves.values()) {
    const rows = attempt.status === null ? first : later
    rows.push({
      attemptId: attempt.id,
      messageId: attempt.message_id,
      // Tallies of a campaign count each message once, by the attempt that it stands for.
      campaignId: isClosedUnsent(attempt) ? null : attempt.campaign_id,
      status: move.status,
      errorCode: move.errorCode,
    })
  }
  const now = deps.clock.now().toJSDate()
  await insertDeliveries(tx, accountId, first, now)
  await updateDeliveries(tx, accountId, later, now)
}

/** Some opt-outs are known to the carrier only when it hands the text over: nobody of ours texts that number again. */
async function withdrawConsent(
  tx: Tx,
  deps: ApplyDeps,
  accountId: AccountId,
  moves: ReadonlyMap<string, Move>,
): Promise<void> {
  const occurredAt = deps.clock.now().toJSDate()
  for (const { attempt, move } of moves.values()) {
    if (move.errorCode === null) continue
    if (classifyFailure({ moment: 'delivery', code: move.errorCode }).class !== 'O') continue
    await optOutNumber(tx, deps.optOutHooks ?? [], accountId, attempt.phone, {
      method: 'carrier_21610',
      source: 'carrier',
      occurredAt,
    })
  }
  const failures = [...moves.values()].map(({ attempt, move }) => ({
    phone: attempt.phone,
    code: move.errorCode,
  }))
  await markFailedNumbers(tx, accountId, failures, occurredAt)
}

/** Gives back what the carrier does not bill; the ledger refunds each capture once at most. */
async function refund(tx: Tx, accountId: AccountId, moves: ReadonlyMap<string, Move>): Promise<NewEvent[]> {
  const attemptIds = [...moves.values()].filter(({ move }) => move.refund).map(({ attempt }) => attempt.id)
  if (attemptIds.length === 0) return []
  const { credits } = await refundCaptures(
    tx,
    accountId,
    attemptIds,
    'messages:delivery',
    'the carrier did not send it',
  )
  if (credits === 0) return []
  return [{ accountId, topic: 'credits', payload: { kind: 'refund', credits } }]
}

/** Reports that contradict each other cost the same in any order: what was given back too early is charged after all. */
async function chargeAgain(tx: Tx, accountId: AccountId, moves: ReadonlyMap<string, Move>): Promise<void> {
  const billed = [...moves.values()].flatMap(({ attempt, move }): LateProof[] => {
    const { id: attemptId, message_id: messageId, campaign_id: campaignId, sid, state } = attempt
    if (!move.charge || state !== 'accepted' || sid === null) return []
    return [{ attemptId, messageId, campaignId, sid, closedAs: state }]
  })
  await correctLateProofs(tx, accountId, billed, 'callback')
}

function deliveryEvents(accountId: AccountId, moves: ReadonlyMap<string, Move>): NewEvent[] {
  const told = [...moves.values()].flatMap(({ attempt, move }) =>
    move.event === null ? [] : [{ attempt, kind: move.event }],
  )
  return groupEvents(accountId, told, { report: 'delivery' })
}

function alarmEvents(
  accountId: AccountId,
  attempts: ReadonlyMap<string, ReportedAttempt>,
  alarms: ReadonlyMap<DeliveryReport, AlarmKind>,
): NewEvent[] {
  const told = [...alarms].flatMap(([report, kind]) => {
    const attempt = attempts.get(report.attemptId)
    return attempt === undefined ? [] : [{ attempt, kind }]
  })
  return groupEvents(accountId, told, { report: 'alarm' })
}

/** One event per campaign and kind, with all its messages. */
function groupEvents(
  accountId: AccountId,
  told: readonly { attempt: ReportedAttempt; kind: string }[],
  more: Record<string, unknown>,
): NewEvent[] {
  const groups = new Map<string, NewEvent & { messageIds: string[] }>()
  for (const { attempt, kind } of told) {
    const key = `${attempt.campaign_id ?? ''}|${kind}`
    const group = groups.get(key) ?? {
      accountId,
      topic: 'messages' as const,
      campaignId: attempt.campaign_id,
      messageIds: [],
      payload: { kind, ...more },
    }
    group.messageIds.push(attempt.message_id)
    groups.set(key, group)
  }
  return [...groups.values()]
}

function countBy<Key extends string>(keys: readonly Key[]): Map<Key, number> {
  const counts = new Map<Key, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}
