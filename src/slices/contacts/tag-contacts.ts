import type { AccountId, ContactId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { ContactWriteDeps } from './create-contact.js'
import { TAGS_MAX, tidyTags } from './domain/tags.js'
import { writeTags } from './store/contact-rows.js'

export interface TagRequest {
  contactIds: readonly ContactId[]
  add: readonly string[]
  remove: readonly string[]
}

export type TagContactsResult =
  { ok: true; changed: number } | { ok: false; reason: 'too-many-contacts' | 'no-tags' }

export const CONTACTS_TAGGED_MAX = 1_000

/**
 * Adds and removes tags of several contacts at once and says how many changed. Ids that are not contacts of the account
 * change nothing. A tag that is both added and removed is removed. Refuses more than 1,000 contacts, and a request
 * without any tag.
 */
export async function tagContacts(
  deps: ContactWriteDeps,
  accountId: AccountId,
  request: TagRequest,
): Promise<TagContactsResult> {
  const add = tidyTags(request.add)
  const remove = tidyTags(request.remove)
  if (request.contactIds.length > CONTACTS_TAGGED_MAX) return { ok: false, reason: 'too-many-contacts' }
  if (add.length + remove.length === 0) return { ok: false, reason: 'no-tags' }
  const change = {
    contactIds: request.contactIds,
    add,
    remove,
    tagsMax: TAGS_MAX,
    now: deps.clock.now().toJSDate(),
  }
  return inTransaction(
    deps.db,
    { name: 'contacts.tagContacts', accountId },
    async (tx): Promise<TagContactsResult> => {
      const changed = await writeTags(tx, accountId, change)
      return { ok: true, changed: changed.length }
    },
  )
}
