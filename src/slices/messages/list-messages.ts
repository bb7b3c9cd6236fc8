import type { DateTime } from 'luxon'
import type { AccountId, CampaignId, ContactId, MessageId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import type { MessageState } from './domain/message-state.js'
import { lowestIdAt } from './domain/time-ordered-id.js'
import {
  listNewest,
  listOfCampaign,
  listRelying,
  readBodies,
  readListed,
  type ListedMessage,
} from './store/message-lists.js'

export type { ListedMessage } from './store/message-lists.js'

export interface MessageSearch {
  states?: readonly MessageState[] | null
  contactId?: ContactId | null
  /** Made at this moment or later. */
  since?: DateTime | null
}

interface Deps {
  db: Db
}

/** The messages of an account, newest first. */
export async function listMessages(
  deps: Deps,
  accountId: AccountId,
  search: MessageSearch,
  page: { beforeId: string | null; limit: number },
): Promise<ListedMessage[]> {
  const since = search.since?.toJSDate() ?? null
  const filter = { states: search.states ?? null, contactId: search.contactId ?? null, since }
  return listNewest(
    deps.db,
    accountId,
    { ...filter, sinceId: since === null ? null : lowestIdAt(since) },
    page,
  )
}

/** The messages of a campaign in the order in which they are sent. */
export async function listCampaignMessages(
  deps: Deps,
  accountId: AccountId,
  campaignId: CampaignId,
  search: MessageSearch,
  page: { afterOrdinal: number | null; limit: number },
): Promise<ListedMessage[]> {
  const filter = {
    states: search.states ?? null,
    contactId: search.contactId ?? null,
    since: search.since?.toJSDate() ?? null,
  }
  return listOfCampaign(deps.db, accountId, { ...filter, campaignId }, page)
}

/** One message of the account, or null. */
export async function findMessage(
  deps: Deps,
  accountId: AccountId,
  messageId: MessageId,
): Promise<ListedMessage | null> {
  return readListed(deps.db, accountId, messageId)
}

/** The texts of messages of the account. */
export async function messageBodies(
  deps: Deps,
  accountId: AccountId,
  messageIds: readonly string[],
): Promise<Map<string, string>> {
  return readBodies(deps.db, accountId, messageIds)
}

const RELYING_MAX = 200

/** The newest messages that relied on a consent event of the account, by id; at most 200. */
export async function messagesRelyingOn(
  deps: Deps,
  accountId: AccountId,
  event: { id: string; phone: string },
): Promise<string[]> {
  return listRelying(deps.db, accountId, event, RELYING_MAX)
}
