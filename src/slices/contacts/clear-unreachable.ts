import type { AccountId, ContactId } from '../../kernel/ids.js'
import { inTransaction, type Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { ContactWriteDeps } from './create-contact.js'
import { getContact } from './list-contacts.js'
import { clearUnreachableRow } from './store/unreachable-rows.js'

export type ClearUnreachableResult = { ok: true } | { ok: false; reason: 'not-found' | 'not-marked' }

/** A person says that the contact's number can take texts after all. Refuses an unknown contact and one that is not marked. */
export async function clearUnreachable(
  deps: ContactWriteDeps,
  accountId: AccountId,
  input: { contactId: ContactId; actor: string },
): Promise<ClearUnreachableResult> {
  const contact = await getContact(deps.db, accountId, input.contactId)
  if (contact === null) return { ok: false, reason: 'not-found' }
  return inTransaction(
    deps.db,
    { name: 'contacts.clearUnreachable', accountId },
    async (tx): Promise<ClearUnreachableResult> => {
      const cleared = await clearForPhone(tx, accountId, contact.phone, {
        by: input.actor,
        at: deps.clock.now().toJSDate(),
      })
      return cleared ? { ok: true } : { ok: false, reason: 'not-marked' }
    },
  )
}

/** The same in the caller's transaction, for a text from the number itself. Returns whether it was marked. */
export async function clearForPhone(
  tx: Tx,
  accountId: AccountId,
  phone: string,
  cleared: { by: string; at: Date },
): Promise<boolean> {
  if (!(await clearUnreachableRow(tx, accountId, phone, cleared))) return false
  await appendEvent(tx, { accountId, topic: 'consent', payload: { action: 'reachable' } })
  return true
}
