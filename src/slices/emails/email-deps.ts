import type { Clock } from '../../kernel/clock.js'
import type { AccountId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import type { Tx } from '../../platform/db/transaction.js'
import type { CountEmail } from './count-emails.js'
import type { Mailer } from './mailer.js'

export interface EmailDeps {
  db: Db
  clock: Clock
  /** Null: no mail server is set up, and nobody can switch it on. */
  mailer: Mailer | null
  count?: CountEmail
}

/** What is known elsewhere, given as functions by the program. */
export interface EmailSources {
  brandName: (accountId: AccountId) => Promise<string>
  /** Whether what the text says still holds; an appointment may have moved meanwhile. */
  stillTrue: (tx: Tx, accountId: AccountId, messageId: string) => Promise<boolean>
}
