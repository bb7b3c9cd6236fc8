import type { AccountId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import { getSendability, type Sendability } from '../contacts/index.js'
import {
  listConversationRows,
  readConversation,
  readThread,
  readTotals,
  type Conversation,
  type ConversationFilter,
  type InboxTotals,
  type ThreadRow,
} from './store/conversation-rows.js'
import { listUnattributedRows, type UnattributedText } from './store/inbound-rows.js'
import { listOptInRows, type OptInRow } from './store/opt-in-rows.js'

export type { Conversation, InboxTotals, ThreadRow } from './store/conversation-rows.js'
export type { UnattributedText } from './store/inbound-rows.js'
export type { OptInRow } from './store/opt-in-rows.js'

interface Deps {
  db: Db
}

/** The conversations of an account, the one with the newest text first. */
export function listConversations(
  deps: Deps,
  accountId: AccountId,
  filter: ConversationFilter,
  page: { before: { at: string; id: string } | null; limit: number },
): Promise<(Conversation & { lastAtText: string })[]> {
  return listConversationRows(deps.db, accountId, filter, page)
}

/** One conversation of the account, or null. */
export function findConversation(deps: Deps, accountId: AccountId, id: string): Promise<Conversation | null> {
  return readConversation(deps.db, accountId, id)
}

/** Whether consent of the conversation's number allows texts, for each purpose; nothing for somebody else's conversation. */
export async function consentOf(deps: Deps, accountId: AccountId, id: string): Promise<Sendability[]> {
  const found = await readConversation(deps.db, accountId, id)
  if (found === null) return []
  return (await getSendability(deps.db, accountId, [found.phone])).get(found.phone) ?? []
}

/** The texts with one number in both directions, newest first: what came in, what we answered, what was sent to the contact. */
export function listThread(
  deps: Deps,
  accountId: AccountId,
  phone: string,
  page: { beforeId: string | null; limit: number },
): Promise<ThreadRow[]> {
  return readThread(deps.db, accountId, phone, page)
}

/** How many conversations are open, and how much in them is unread. */
export function inboxTotals(deps: Deps, accountId: AccountId): Promise<InboxTotals> {
  return readTotals(deps.db, accountId)
}

/** Texts that belong to no account as far as can be told; for administrators. */
export function listUnattributed(
  deps: Deps,
  page: { beforeId: string | null; limit: number },
): Promise<UnattributedText[]> {
  return listUnattributedRows(deps.db, page)
}

/** Opt-ins that people were asked to confirm, newest first. */
export function listOptIns(
  deps: Deps,
  accountId: AccountId,
  page: { beforeId: string | null; limit: number },
): Promise<OptInRow[]> {
  return listOptInRows(deps.db, accountId, page)
}
