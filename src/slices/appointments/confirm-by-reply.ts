import { assert } from '../../kernel/assert.js'
import { trustId, type AccountId, type AppointmentId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { recordAndAnnounce } from './announce.js'
import { lockConfirmable, writeConfirmed } from './store/codes.js'

export interface ConfirmingReply {
  /** E.164, of whoever replied. */
  phone: string
  /** As it was printed, 1 for `C1`; null for a plain yes. */
  code: number | null
  inboundId: string
  at: Date
}

/**
 * Notes that a client confirmed by the code of a reminder, in the caller's transaction; a plain yes counts where only one
 * coming appointment was asked about. Answers whether the reply names such an appointment; confirming twice is confirming
 * once. Nothing is sent for it.
 */
export async function confirmByReply(tx: Tx, accountId: AccountId, reply: ConfirmingReply): Promise<boolean> {
  assert(tx.lockedAccountId === accountId, 'confirmations are noted under the lock of their account')
  const found = await lockConfirmable(tx, accountId, reply)
  if (found === null) return false
  if (found.confirmedAt !== null) return true
  await writeConfirmed(tx, found.partyId, reply)
  await recordAndAnnounce(tx, {
    appointment: { id: trustId<AppointmentId>(found.appointmentId), accountId },
    ...{ fromRevision: found.revision, revision: found.revision, kind: 'confirmed', at: reply.at },
    ...{ details: { partyId: found.partyId, inboundId: reply.inboundId }, actor: 'inbound text' },
  })
  return true
}
