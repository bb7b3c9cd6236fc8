import type { AttemptId } from '../../kernel/ids.js'
import type { Random } from '../../kernel/random.js'
import type { AccountScope } from '../../platform/access/account-scope.js'
import { actorText } from '../../platform/access/viewer.js'
import { inTransaction, type Tx } from '../../platform/db/transaction.js'
import { onceOnly, type KeyReused } from '../../platform/idempotency/once-only.js'
import { appendEvents } from '../../platform/realtime/event-log.js'
import { refundCaptures } from '../credits/index.js'
import { judgeDecision, type DecisionVerdict, type UnknownDecision } from './domain/unknown-decision.js'
import { settleInTransaction } from './settle-attempts.js'
import { insertDecision, readUnknownLocked } from './store/unknown-rows.js'
import { factsOf, windowMs, type UnknownDeps } from './unknown-outcomes.js'

export interface DecideDeps extends UnknownDeps {
  random: Random
}

/** The account that an administrator acts on, and who that is. */
type Decider = Pick<AccountScope, 'accountId' | 'actor'>

export interface DecideInput {
  attemptId: AttemptId
  decision: UnknownDecision
  reason: string
  idempotencyKey: string
}

export type DecideResult =
  | { ok: true }
  | Extract<DecisionVerdict, { ok: false }>
  | KeyReused
  | { ok: false; reason: 'not-found' | 'reason-missing' }

/**
 * An administrator's decision about an unknown outcome, at most once per key: close it charged, close it and give its
 * credits back (both never sent again), or release it to be sent again. Who, when and why stay in a history that only grows.
 * A proof that comes afterwards still counts, and is corrected in the ledger. Refusals: see `judgeDecision`.
 */
export async function decideUnknown(
  deps: DecideDeps,
  by: Decider,
  input: DecideInput,
): Promise<DecideResult> {
  const { accountId } = by
  const { attemptId, decision, idempotencyKey: key } = input
  const reason = input.reason.trim()
  if (reason === '') return { ok: false, reason: 'reason-missing' }
  const operation = 'messages.decideUnknown'
  return inTransaction(deps.db, { name: operation, accountId }, (tx) =>
    onceOnly(tx, { accountId, key, operation, input: { attemptId, decision, reason } }, () =>
      decide(tx, deps, by, { ...input, reason }),
    ),
  )
}

async function decide(
  tx: Tx,
  deps: DecideDeps,
  { accountId, actor }: Decider,
  { attemptId, decision, reason }: DecideInput,
): Promise<DecideResult> {
  const row = await readUnknownLocked(tx, accountId, attemptId, windowMs(deps.windows))
  if (row === null) return { ok: false, reason: 'not-found' }
  const verdict = judgeDecision(factsOf(row), deps.windows, deps.clock.now().toJSDate(), decision)
  if (!verdict.ok) return verdict
  const who = actorText(actor)
  const { messageId, campaignId } = row
  await insertDecision(tx, { accountId, attemptId, messageId, decision, actor: who, reason })
  if (verdict.close !== null) {
    const report = { attemptId, outcome: { kind: verdict.close } }
    await settleInTransaction(tx, deps, accountId, [report], 'administrator')
  }
  const refunded = verdict.refund
    ? await refundCaptures(tx, accountId, [attemptId], who, reason)
    : { credits: 0 }
  await appendEvents(tx, accountId, [
    {
      accountId,
      topic: 'messages',
      campaignId,
      messageIds: [messageId],
      payload: { kind: 'decided', report: 'decision', decision },
    },
    ...(refunded.credits === 0
      ? []
      : [
          {
            accountId,
            topic: 'credits' as const,
            messageIds: [messageId],
            payload: { kind: 'refund', credits: refunded.credits },
          },
        ]),
  ])
  return { ok: true }
}
