import { assert } from '../../kernel/assert.js'
import type { AccountId, CampaignId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { BATCH_MAX } from './domain/limits.js'
import { cancelPendingRows } from './store/message-rows.js'

/**
 * Cancels up to a batch of a campaign's waiting messages. They hold no credits. What is in flight is not touched: it was
 * authorised before and may be out already. Call again until `more` is false.
 */
export async function cancelPending(
  tx: Tx,
  accountId: AccountId,
  campaignId: CampaignId,
): Promise<{ cancelled: number; more: boolean }> {
  assert(tx.lockedAccountId === accountId, 'messages are cancelled under the lock of their account')
  const cancelled = await cancelPendingRows(tx, accountId, campaignId, BATCH_MAX)
  return { cancelled, more: cancelled === BATCH_MAX }
}
