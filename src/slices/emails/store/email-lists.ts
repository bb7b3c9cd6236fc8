import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery } from '../../../platform/db/transaction.js'
import type { EmailState } from '../domain/email-state.js'
import type { EmailReason } from '../domain/why-email.js'

export interface ListedEmail {
  messageId: string
  why: EmailReason
  state: EmailState
  tries: number
  address: string | null
  reason: string | null
  code: number | null
  createdAt: Date
  changedAt: Date
}

const SELECT = `select message_id as "messageId", why, state, tries, address, reason, code, created_at as "createdAt",
    changed_at as "changedAt" from email_fallback`

/** Of the newest texts first. */
export async function listEmailRows(
  db: Db,
  accountId: AccountId,
  states: readonly EmailState[] | null,
  page: { beforeId: string | null; limit: number },
): Promise<ListedEmail[]> {
  return readQuery<ListedEmail>(
    db,
    `/* emails.list */ ${SELECT}
     where account_id = $1 and ($2::text[] is null or state = any ($2)) and ($3::uuid is null or message_id < $3)
     order by message_id desc limit $4`,
    [accountId, states, page.beforeId, page.limit],
  )
}

export async function readEmailOf(
  db: Db,
  accountId: AccountId,
  messageId: string,
): Promise<ListedEmail | null> {
  const [row] = await readQuery<ListedEmail>(
    db,
    `/* emails.readOf */ ${SELECT} where account_id = $1 and message_id = $2`,
    [accountId, messageId],
  )
  return row ?? null
}
