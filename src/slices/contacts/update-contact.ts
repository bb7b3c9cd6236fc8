import type { AccountId, ContactId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { ContactWriteDeps } from './create-contact.js'
import { applyInput, zoneSourceOf, type ContactInput, type DetailsRefusal } from './domain/contact-input.js'
import type { Contact } from './domain/contact.js'
import { lockContact, writeDetails } from './store/contact-rows.js'

export type UpdateContactResult =
  { ok: true; contact: Contact } | { ok: false; reason: 'not-found' | DetailsRefusal }

/**
 * Changes what is known about a contact; the number itself never changes, because consent belongs to it. Refuses unknown
 * contacts, and zones and e-mail addresses that are none.
 */
export async function updateContact(
  deps: ContactWriteDeps,
  accountId: AccountId,
  contactId: ContactId,
  input: ContactInput,
): Promise<UpdateContactResult> {
  const now = deps.clock.now().toJSDate()
  return inTransaction(
    deps.db,
    { name: 'contacts.updateContact', accountId },
    async (tx): Promise<UpdateContactResult> => {
      const contact = await lockContact(tx, accountId, contactId)
      if (contact === null) return { ok: false, reason: 'not-found' }
      const applied = applyInput(contact, input)
      if (!applied.ok) return applied
      const { details } = applied
      const zoneSource = details.zone === contact.zone ? contact.zoneSource : zoneSourceOf(details)
      await writeDetails(tx, accountId, { id: contactId, details, zoneSource, now })
      return { ok: true, contact: { ...contact, ...details, zoneSource, updatedAt: now } }
    },
  )
}
