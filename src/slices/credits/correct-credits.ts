import type { MessageId } from '../../kernel/ids.js'
import type { AccountScope } from '../../platform/access/account-scope.js'
import { actorText } from '../../platform/access/viewer.js'
import type { Clock } from '../../kernel/clock.js'
import type { Db } from '../../platform/db/data-source.js'
import { inTransaction, type Tx } from '../../platform/db/transaction.js'
import { onceOnly, type KeyReused } from '../../platform/idempotency/once-only.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { adjustCredits, type AdjustResult } from './adjust-credits.js'
import { grantCredits, type GrantInput, type GrantResult } from './grant-credits.js'
import { refundCaptures } from './refund-captures.js'
import { hasBalance } from './store/balance.js'
import { attemptsOfMessage } from './store/settle-holds.js'
import { rollBackGrant, type RollBackResult } from './roll-back-grant.js'

export interface CorrectionDeps {
  db: Db
  clock: Clock
}

/** The account that an administrator acts on, and who that is. */
export type Corrector = Pick<AccountScope, 'accountId' | 'actor'>

interface NoAccount {
  ok: false
  reason: 'not-found'
}

export interface Correction {
  idempotencyKey: string
  reason: string
}

/**
 * What administrators do to an account's credits, each in one transaction of its own and at most once per key: a new lot,
 * an adjustment of available, or a lot taken back. The reason stays in the ledger; an empty one is refused.
 */
export async function grantByAdministrator(
  deps: CorrectionDeps,
  by: Corrector,
  input: Correction &
    Pick<GrantInput, 'credits' | 'source'> & { priority: number | null; expiresAt: Date | null },
): Promise<GrantResult | KeyReused | NoAccount | { ok: false; reason: 'reason-missing' }> {
  const { credits, source, priority, expiresAt, reason, idempotencyKey } = input
  if (reason.trim() === '') return { ok: false, reason: 'reason-missing' }
  const asked = { credits, source, priority, expiresAt: expiresAt?.toISOString() ?? null, reason }
  return correct(deps, by, 'credits.grant', idempotencyKey, asked, (tx) =>
    grantCredits(tx, {
      credits,
      source,
      expiresAt,
      reason,
      accountId: by.accountId,
      origin: `administrator:${idempotencyKey}`,
      actor: actorText(by.actor),
      ...(priority === null ? {} : { priority }),
    }),
  )
}

export async function adjustByAdministrator(
  deps: CorrectionDeps,
  by: Corrector,
  input: Correction & { credits: number },
): Promise<AdjustResult | KeyReused | NoAccount> {
  const { credits, reason, idempotencyKey } = input
  return correct(deps, by, 'credits.adjust', idempotencyKey, { credits, reason }, (tx) =>
    adjustCredits(tx, {
      credits,
      reason,
      accountId: by.accountId,
      key: idempotencyKey,
      actor: actorText(by.actor),
      now: deps.clock.now().toJSDate(),
    }),
  )
}

export async function rollBackByAdministrator(
  deps: CorrectionDeps,
  by: Corrector,
  input: Correction & { lotNo: number; credits: number | null },
): Promise<RollBackResult | KeyReused | NoAccount> {
  const { lotNo, credits, reason, idempotencyKey } = input
  return correct(deps, by, 'credits.rollBack', idempotencyKey, { lotNo, credits, reason }, (tx) =>
    rollBackGrant(tx, {
      lotNo,
      reason,
      accountId: by.accountId,
      key: idempotencyKey,
      actor: actorText(by.actor),
      ...(credits === null ? {} : { credits }),
    }),
  )
}

/** Gives back what one message had cost, to the lots that it came from. What was refunded already is not given twice. */
export async function refundByAdministrator(
  deps: CorrectionDeps,
  by: Corrector,
  input: Correction & { messageId: MessageId },
): Promise<
  | { ok: true; credits: number }
  | KeyReused
  | NoAccount
  | { ok: false; reason: 'reason-missing' | 'nothing-spent' }
> {
  const { messageId, reason, idempotencyKey } = input
  const { accountId } = by
  if (reason.trim() === '') return { ok: false, reason: 'reason-missing' }
  return correct(deps, by, 'credits.refundMessage', idempotencyKey, { messageId, reason }, async (tx) => {
    const attemptIds = await attemptsOfMessage(tx, accountId, messageId)
    if (attemptIds === null) return { ok: false, reason: 'not-found' } as const
    const { credits } = await refundCaptures(tx, accountId, attemptIds, actorText(by.actor), reason)
    if (credits === 0) return { ok: false, reason: 'nothing-spent' } as const
    await appendEvent(tx, {
      accountId,
      topic: 'credits',
      messageIds: [messageId],
      payload: { kind: 'refund', credits },
    })
    return { ok: true, credits } as const
  })
}

function correct<Result extends { ok: boolean }>(
  deps: CorrectionDeps,
  by: Corrector,
  operation: string,
  key: string,
  input: unknown,
  effect: (tx: Tx) => Promise<Result>,
): Promise<Result | KeyReused | NoAccount> {
  const { accountId } = by
  return inTransaction(deps.db, { name: operation, accountId }, async (tx) => {
    if (!(await hasBalance(tx, accountId))) return { ok: false, reason: 'not-found' } satisfies NoAccount
    return onceOnly(tx, { accountId, key, operation, input }, () => effect(tx))
  })
}
