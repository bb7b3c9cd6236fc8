import { inTransaction } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { retryDelayMs, SENDING_MAX_MS } from './domain/retry-plan.js'
import type { EmailState } from './domain/email-state.js'
import type { EmailDeps } from './email-deps.js'
import type { MailOutcome } from './mailer.js'
import { appendAttempt, moveEmail, readLost, type DueEmail } from './store/email-rows.js'

type Deps = Pick<EmailDeps, 'db' | 'clock' | 'count'>

/**
 * Writes down what the mail server said to a try. "Later" waits for its next try as long as the plan has one; silence is
 * `uncertain` and ends it, because the server may have it. A success counts even after the try was given up as lost.
 */
export async function settleEmail(
  { db, clock, count }: Deps,
  { accountId, messageId, n }: DueEmail & { n: number },
  outcome: MailOutcome,
): Promise<void> {
  const settled = await inTransaction(db, { name: 'emails.settle', accountId }, async (tx) => {
    const now = clock.now().toJSDate()
    const delayMs = outcome.kind === 'later' ? retryDelayMs(n) : null
    const to = stateAfter(outcome, delayMs)
    const reason = outcome.kind === 'sent' ? null : outcome.reason
    const code = outcome.kind === 'sent' ? null : outcome.code
    const moved = await moveEmail(tx, {
      messageId,
      from: to === 'sent' ? ['sending', 'uncertain'] : ['sending'],
      to,
      reason,
      code,
      now,
      ...(delayMs === null ? {} : { notBefore: new Date(now.getTime() + delayMs) }),
    })
    if (!moved) return false
    await appendAttempt(tx, { messageId, n, outcome: outcome.kind, code, reason, now })
    if (to === 'waiting') return true
    await appendEvent(tx, {
      accountId,
      topic: 'messages',
      messageIds: [messageId],
      payload: { kind: 'email', report: to },
    })
    return true
  })
  if (settled) count?.(outcome.kind)
}

function stateAfter(outcome: MailOutcome, delayMs: number | null): EmailState {
  if (outcome.kind !== 'later') return outcome.kind
  return delayMs === null ? 'failed' : 'waiting'
}

const LOST_MAX = 100

/**
 * Tries whose process never came back: they become `uncertain`, for people to see. None is sent again: the mail server may
 * have taken it before the process died. One that cannot be settled holds up no other.
 */
export async function giveUpLost(deps: Deps, onFailure: (error: unknown) => void): Promise<number> {
  const before = new Date(deps.clock.now().toMillis() - SENDING_MAX_MS)
  const lost = await readLost(deps.db, before, LOST_MAX)
  for (const { accountId, messageId, tries } of lost)
    await settleEmail(
      deps,
      { accountId, messageId, n: tries },
      { kind: 'uncertain', reason: 'no-answer', code: null },
    ).catch(onFailure)
  return lost.length
}
