import type { AccountId, ContactId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { ContactWriteDeps } from './create-contact.js'
import { markDeleted } from './store/contact-rows.js'

export type DeleteContactResult = { ok: true; contactId: ContactId } | { ok: false; reason: 'not-found' }

/**
 * Forgets the person: names, e-mail, tags and merge fields are erased. The bare number keeps its place and its consent
 * history, so that an opt-out outlives the contact. Refuses unknown and already deleted contacts.
 */
export async function deleteContact(
  deps: ContactWriteDeps,
  accountId: AccountId,
  contactId: ContactId,
): Promise<DeleteContactResult> {
  return inTransaction(
    deps.db,
    { name: 'contacts.deleteContact', accountId },
    async (tx): Promise<DeleteContactResult> => {
      const deleted = await markDeleted(tx, accountId, contactId, deps.clock.now().toJSDate())
      return deleted ? { ok: true, contactId } : { ok: false, reason: 'not-found' }
    },
  )
}
