import pLimit from 'p-limit'
import { inTransaction } from '../../platform/db/transaction.js'
import type { Carrier, ListedMessage } from '../carrier/index.js'
import { refundCaptures } from '../credits/index.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { decideLookUp, type LookUpDecision } from './domain/look-up.js'
import type { AttemptOutcome } from './domain/settlement.js'
import { settleInTransaction, type SettleDeps } from './settle-attempts.js'
import {
  isStillUnproven,
  knownSids,
  unresolvedAttempts,
  writeLookUp,
  type LookUpRow,
  type UnresolvedAttempt,
} from './store/open-attempts.js'

export interface ResolveDeps extends SettleDeps {
  carrier: Pick<Carrier, 'listTo'>
}

export interface ResolveOptions {
  clockSkewMs: number
  listLagMs: number
  validityMs: number
  /** An unproven charge is looked up again after this, and given back when the message is still not there. */
  unprovenRefundMs: number
  /** The same attempt is asked for at most this often. */
  lookUpIntervalMs: number
  limit: number
  concurrency: number
  /** Texts that are known to be of other messages, though nothing here says so yet. */
  spokenFor?: ReadonlySet<string>
}

export type ResolveResult = Record<LookUpDecision['verdict'] | 'unavailable', number>

/**
 * Settles attempts of unknown outcome by asking the carrier what it has for their numbers. The list is read with no
 * transaction open; the verdict is written under the account's lock, and only if the attempt is still unresolved then.
 * Callbacks may settle the same attempts at any time: whichever comes first counts, the other changes nothing.
 */
export async function resolveUnknown(deps: ResolveDeps, options: ResolveOptions): Promise<ResolveResult> {
  const now = deps.clock.now()
  const waiting = await unresolvedAttempts(deps.db, {
    // Never later: the window of an attempt must be over before its list is read. See unresolvedAttempts.
    notAfterBefore: now.minus(options.clockSkewMs + options.listLagMs).toJSDate(),
    unprovenBefore: now.minus(options.unprovenRefundMs).toJSDate(),
    askedBefore: now.minus(options.lookUpIntervalMs).toJSDate(),
    limit: options.limit,
  })
  const counts: ResolveResult = { found: 0, absent: 0, unproven: 0, refund: 0, too_early: 0, unavailable: 0 }
  const limit = pLimit(options.concurrency)
  const ends = await Promise.allSettled(
    waiting.map((attempt) =>
      limit(async () => {
        counts[await resolveOne(deps, options, attempt)] += 1
      }),
    ),
  )
  // One that fails must not keep the others waiting; it is told when all have had their turn.
  const failure = ends.find((end) => end.status === 'rejected')
  if (failure !== undefined) throw failure.reason
  return counts
}

async function resolveOne(
  deps: ResolveDeps,
  options: ResolveOptions,
  attempt: UnresolvedAttempt,
): Promise<keyof ResolveResult> {
  const since = new Date(attempt.claimedAt.getTime() - options.clockSkewMs)
  const answer = await deps.carrier.listTo({ to: attempt.phone, since })
  if (answer.kind === 'unavailable') {
    await record(deps, attempt, null, lookUpRow(attempt, 0, 0, 'unavailable', { cause: answer.cause }))
    return 'unavailable'
  }
  const taken = await knownSids(
    deps.db,
    answer.messages.map((message) => message.sid),
  )
  const decision = decideLookUp({
    ...options,
    state: attempt.state,
    policy: attempt.unknownPolicy,
    claimedAt: attempt.claimedAt,
    notAfter: attempt.notAfter,
    usefulUntil: attempt.usefulUntil,
    askedAt: answer.askedAt,
    listed: answer.messages.map((message) => ({
      sid: message.sid,
      outbound: message.outbound,
      fromOurSender: isFrom(message, attempt.sender),
      createdAt: message.createdAt,
      taken: taken.has(message.sid) || options.spokenFor?.has(message.sid) === true,
    })),
  })
  const verdict =
    decision.verdict === 'unproven'
      ? 'too_early'
      : decision.verdict === 'refund'
        ? 'absent'
        : decision.verdict
  const row = lookUpRow(attempt, answer.pageCount, decision.candidates, verdict, {
    requestIds: answer.requestIds,
    askedAt: answer.askedAt.toISOString(),
    listLagMs: options.listLagMs,
    decision: decision.verdict,
  })
  await record(deps, attempt, decision, row)
  return decision.verdict
}

function isFrom(message: ListedMessage, sender: string): boolean {
  return message.from === sender || message.messagingServiceSid === sender
}

function lookUpRow(
  attempt: UnresolvedAttempt,
  pages: number,
  candidates: number,
  verdict: LookUpRow['verdict'],
  details: Record<string, unknown>,
): LookUpRow {
  return { attemptId: attempt.attemptId, pages, candidates, verdict, details }
}

async function record(
  deps: ResolveDeps,
  attempt: UnresolvedAttempt,
  decision: LookUpDecision | null,
  row: LookUpRow,
): Promise<void> {
  const { accountId, attemptId } = attempt
  await inTransaction(deps.db, { name: 'messages.resolve', accountId }, async (tx) => {
    await writeLookUp(tx, row)
    if (decision === null) return
    const outcomes = toOutcomes(decision)
    if (outcomes.length > 0) {
      const evidence = decision.verdict === 'unproven' ? 'policy' : 'look_up'
      await settleInTransaction(
        tx,
        deps,
        accountId,
        outcomes.map((outcome) => ({ attemptId, outcome })),
        evidence,
      )
    }
    // Asked again under the lock: what was proved since the list was read has been earned.
    if (decision.verdict === 'refund' && (await isStillUnproven(tx, accountId, attemptId))) {
      const refunded = await refundCaptures(
        tx,
        accountId,
        [attemptId],
        'messages:policy',
        'no trace at the carrier',
      )
      await appendEvent(tx, {
        accountId,
        topic: 'credits',
        payload: { kind: 'refund', credits: refunded.credits },
      })
    }
  })
}

function toOutcomes(decision: LookUpDecision): AttemptOutcome[] {
  switch (decision.verdict) {
    case 'found':
      return decision.sids.map((sid) => ({ kind: 'accepted', sid }))
    case 'absent':
      return [{ kind: 'absent' }]
    case 'unproven':
      return [{ kind: 'unproven' }]
    case 'too_early':
    case 'refund':
      return []
  }
}
