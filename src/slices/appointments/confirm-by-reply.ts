import { assert } from '../../kernel/assert.js'
import { trustId, type AccountId, type AppointmentId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { recordAndAnnounce } from './announce.js'
import { lockConfirmable, writeConfirmed } from './store/codes.js'

export interface ConfirmingReply {
  /** E.164, of whoever replied. */
  phone: string
  /** As it was printed, for example `C1`. */
  code: string
  inboundId: string
  at: Date
}

/**
 * Notes that a client confirmed by the code of a reminder, in the caller's transaction. Answers whether the code names a
 * coming appointment of that number; confirming twice is confirming once. Nothing is sent for it.
 */
export async function confirmByReply(tx: Tx, accountId: AccountId, reply: ConfirmingReply): Promise<boolean> {
  assert(tx.lockedAccountId === accountId, 'confirmations are noted under the lock of their account')
  const number = /^C([1-9]\d{0,3})$/i.exec(reply.code.trim())?.[1]
  if (number === undefined) return false
  const found = await lockConfirmable(tx, accountId, { ...reply, code: Number(number) })
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
