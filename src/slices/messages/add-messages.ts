import { assert } from '../../kernel/assert.js'
import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { BATCH_MAX } from './domain/limits.js'
import type { NewMessage } from './domain/new-message.js'
import { insertMessages } from './store/message-rows.js'

/**
 * Writes messages as pending; they hold no credits yet. A campaign's place and number, and an idempotency key, are unique:
 * what exists already is left alone, so a step that is run again adds only what is missing. Returns how many were added.
 */
export async function addMessages(
  tx: Tx,
  accountId: AccountId,
  messages: readonly NewMessage[],
): Promise<{ added: number }> {
  assert(messages.length <= BATCH_MAX, 'messages are added in batches')
  if (messages.length === 0) return { added: 0 }
  return { added: await insertMessages(tx, accountId, messages) }
}
