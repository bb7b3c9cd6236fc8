import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { consentStanding, grantForPhone, type GrantByPhone } from '../contacts/index.js'
import { askedSince, markConfirmed, waitingOptIn } from './store/opt-in-rows.js'
import { withdrawOptIns } from './withdraw-opt-ins.js'

/**
 * The person has said yes on the phone: what was agreed to elsewhere is granted now, with the evidence of both. Returns
 * false when no request waits for this number, or its time is over; when the text that asks had not left before the
 * answer, which is then to something else; and when one of the purposes was revoked since, which ends the request: it is
 * only made where nothing is revoked.
 */
export async function confirmOptIn(
  tx: Tx,
  accountId: AccountId,
  answer: { phone: string; inboundId: string; sid: string; at: Date; recordedAt: Date },
): Promise<boolean> {
  const request = await waitingOptIn(tx, accountId, answer.phone, answer.at)
  if (request === null) return false
  const { agreed } = request
  // What was stored is what `requestOptIn` was given.
  const purposes = agreed.purposes as GrantByPhone['purposes']
  const standing = await consentStanding(tx, accountId, answer.phone)
  if (purposes.some((purpose) => standing[purpose] === 'revoked')) {
    await withdrawOptIns(tx, accountId, [answer.phone], { purposes, at: answer.recordedAt })
    return false
  }
  const since = request.messageId === null ? null : await askedSince(tx, request.messageId)
  if (since === null || since > answer.at) return false
  const grant: GrantByPhone = {
    purposes,
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
      requestSent: since.toISOString(),
      confirmedBy: answer.inboundId,
      sid: answer.sid,
    },
    actor: agreed.actor,
    occurredAt: answer.at,
    recordedAt: answer.recordedAt,
  }
  const eventIds = await grantForPhone(tx, accountId, answer.phone, grant)
  await markConfirmed(tx, request.id, {
    at: answer.recordedAt,
    confirmedBy: answer.inboundId,
    eventIds,
  })
  return true
}
