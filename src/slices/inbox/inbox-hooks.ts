import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import type { OptOutHook } from '../messages/index.js'

/** A text that may answer a question that somebody else asked. */
export interface ConfirmationReply {
  phone: string
  /** Which question, when the text names one: 2 for `C2`. Null for a plain yes. */
  code: number | null
  inboundId: string
  at: Date
}

/**
 * What others do in the transaction that applies a text. All must be safe to repeat and must not touch the network. The
 * program passes them; nobody here knows who they are.
 */
export interface InboxHook extends OptOutHook {
  /** The number agrees to texts again, or for the first time. */
  onOptIn?(tx: Tx, accountId: AccountId, phones: readonly string[], now: Date): Promise<void>
  /** Whether the reply answered an open question of theirs. */
  onReply(tx: Tx, accountId: AccountId, reply: ConfirmationReply): Promise<boolean>
}
