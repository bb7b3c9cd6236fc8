import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { grantForPhone, type GrantByPhone } from '../contacts/index.js'
import { endOptIn, waitingOptIn } from './store/opt-in-rows.js'

/**
 * The person has said yes on the phone: what was agreed to elsewhere is granted now, with the evidence of both. Returns
 * false when no request waits for this number, or its time is over.
 */
export async function confirmOptIn(
  tx: Tx,
  accountId: AccountId,
  answer: { phone: string; inboundId: string; sid: string; at: Date; recordedAt: Date },
): Promise<boolean> {
  const request = await waitingOptIn(tx, accountId, answer.phone, answer.at)
  if (request === null) return false
  const { agreed } = request
  const grant: GrantByPhone = {
    // What was stored is what `requestOptIn` was given.
    purposes: agreed.purposes as GrantByPhone['purposes'],
    level: agreed.level as GrantByPhone['level'],
    method: agreed.method as GrantByPhone['method'],
    source: agreed.source,
    exactText: agreed.exactText,
    language: agreed.language,
    evidence: {
      ...agreed.evidence,
      optInRequest: request.id,
      agreedAt: agreed.occurredAt,
      requestText: request.requestText,
      requestMessage: request.messageId,
      confirmedBy: answer.inboundId,
      sid: answer.sid,
    },
    actor: agreed.actor,
    occurredAt: answer.at,
    recordedAt: answer.recordedAt,
  }
  const eventIds = await grantForPhone(tx, accountId, answer.phone, grant)
  await endOptIn(tx, request.id, {
    state: 'confirmed',
    at: answer.recordedAt,
    confirmedBy: answer.inboundId,
    eventIds,
  })
  return true
}

/** STOP in between: the request is over, whatever the person answers later. */
export async function withdrawOptIn(tx: Tx, accountId: AccountId, phone: string, at: Date): Promise<void> {
  const request = await waitingOptIn(tx, accountId, phone, at)
  if (request === null) return
  await endOptIn(tx, request.id, { state: 'withdrawn', at, confirmedBy: null, eventIds: null })
}
