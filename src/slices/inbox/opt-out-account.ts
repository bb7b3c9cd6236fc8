import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { optOutNumber } from '../messages/index.js'
import { isReassigned } from './domain/attention.js'
import type { InboxHook } from './inbox-hooks.js'
import type { Inbound } from './read-inbound.js'
import { noteOptOut } from './store/conversation-rows.js'
import { markOptOut } from './store/inbound-rows.js'
import { withdrawOptIns } from './withdraw-opt-ins.js'

/**
 * STOP for one account, in one transaction under its lock: consents revoked, waiting texts suppressed, reminders voided by
 * the hooks, a waiting opt-in withdrawn, the account told. Applied once per text and account: a START that came in between
 * is not undone by a repeat. Returns whether anything was revoked.
 */
export async function optOutAccount(
  tx: Tx,
  deps: { hooks: readonly InboxHook[] },
  accountId: AccountId,
  text: Inbound,
  { now, isOwner }: { now: Date; isOwner: boolean },
): Promise<boolean> {
  const { phone, sid, receivedAt } = text
  if (!(await markOptOut(tx, { sid, accountId, phone, at: now }))) return false
  const eventIds = await optOutNumber(tx, deps.hooks, accountId, phone, {
    method: text.keyword === 'STOP' || text.carrierTookPart ? 'keyword' : 'inbound_sms',
    source: 'inbound text',
    evidence: { sid, ...(isReassigned(text.body) ? { cause: 'reassigned' } : {}) },
    occurredAt: receivedAt,
    recordedAt: now,
  })
  await withdrawOptIns(tx, accountId, [phone], { purposes: null, at: now })
  if (!isOwner) {
    // The text itself is another account's, or nobody's: this one learns that its contact has opted out, and no more.
    const conversationId = await noteOptOut(tx, accountId, phone, receivedAt)
    await appendEvent(tx, { accountId, topic: 'inbox', payload: { kind: 'opted_out', conversationId } })
  }
  return eventIds.length > 0
}
