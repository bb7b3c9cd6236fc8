import { assert } from '../../kernel/assert.js'
import type { Clock } from '../../kernel/clock.js'
import { newId, type AccountId, type ContactId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { applyInput, zoneSourceOf, type ContactInput, type DetailsRefusal } from './domain/contact-input.js'
import { noDetails, type Contact } from './domain/contact.js'
import { readPhone } from './domain/phone.js'
import type { RejectReason } from './domain/reject-reasons.js'
import { insertContact, lockContact, lockContactByPhone, writeDetails } from './store/contact-rows.js'
import { readAllowedCountries } from './store/import-rows.js'

export interface ContactWriteDeps {
  db: Db
  clock: Clock
}

export type CreateContactResult =
  { ok: true; contact: Contact } | { ok: false; reason: RejectReason | DetailsRefusal | 'number-taken' }

/**
 * Makes a contact by hand. Refuses numbers that cannot be texted (with the same reasons as an import), numbers that are
 * taken, and zones and e-mail addresses that are none. Grants nothing: consent needs its own event.
 */
export async function createContact(
  deps: ContactWriteDeps,
  accountId: AccountId,
  input: ContactInput & { phone: string; defaultCountry?: string | undefined },
): Promise<CreateContactResult> {
  const allowedCountries = await readAllowedCountries(deps.db, accountId)
  const defaultCountry = (input.defaultCountry ?? 'US').toUpperCase()
  const number = readPhone(input.phone, { defaultCountry, allowedCountries, allowVoip: true })
  if (!number.ok) return number
  const applied = applyInput(noDetails, input)
  if (!applied.ok) return applied
  const { details } = applied
  const now = deps.clock.now().toJSDate()
  return inTransaction(
    deps.db,
    { name: 'contacts.createContact', accountId },
    async (tx): Promise<CreateContactResult> => {
      const owner = await lockContactByPhone(tx, accountId, number.phone)
      if (owner?.deleted === false) return { ok: false, reason: 'number-taken' }
      const change = { id: owner?.id ?? newId<ContactId>(), details, zoneSource: zoneSourceOf(details), now }
      if (owner === null) await insertContact(tx, accountId, number, change)
      else await writeDetails(tx, accountId, change)
      const contact = await lockContact(tx, accountId, change.id)
      assert(contact !== null, 'a contact that was just written is there')
      return { ok: true, contact }
    },
  )
}
