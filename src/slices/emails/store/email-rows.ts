import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import type { EmailState } from '../domain/email-state.js'
import type { EmailReason } from '../domain/why-email.js'

/** One for each text: what stands there already stays. */
export async function insertWaiting(
  tx: Tx,
  accountId: AccountId,
  found: readonly { messageId: string; why: EmailReason }[],
  now: Date,
): Promise<void> {
  if (found.length === 0) return
  await tx.query(
    `/* emails.insertWaiting */
     insert into email_fallback (message_id, account_id, why, not_before, created_at, changed_at)
     select message_id, $1, why, $4, $4, $4 from unnest($2::uuid[], $3::text[]) as f (message_id, why)
     on conflict (message_id) do nothing`,
    [accountId, found.map(({ messageId }) => messageId), found.map(({ why }) => why), now],
  )
}

export interface DueEmail {
  messageId: string
  accountId: AccountId
}

/** What waits for its try, of accounts that may send: a stop holds e-mails as it holds texts. */
export async function readDue(db: Db, now: Date, limit: number): Promise<DueEmail[]> {
  return readQuery<DueEmail>(
    db,
    `/* emails.readDue */
     select e.message_id as "messageId", e.account_id as "accountId"
     from email_fallback e join account_control c on c.account_id = e.account_id, platform_control p
     where e.state = 'waiting' and e.not_before <= $1
       and c.sending_stopped_reason is null and c.billing_freeze is null
       and p.sending_stopped_reason is null and p.lock_reason is null
     order by e.not_before, e.message_id limit $2`,
    [now, limit],
  )
}

export interface WaitingEmail {
  tries: number
  createdAt: Date
  /** The account still wants it. */
  enabled: boolean
}

/** Locks the row; null when somebody else has it or it waits no more. */
export async function lockWaiting(
  tx: Tx,
  { accountId, messageId }: DueEmail,
  now: Date,
): Promise<WaitingEmail | null> {
  const [row] = await tx.query<WaitingEmail>(
    `/* emails.lockWaiting */
     select e.tries, e.created_at as "createdAt", s.enabled
     from email_fallback e join email_setting s on s.account_id = e.account_id
     where e.message_id = $2 and e.account_id = $1 and e.state = 'waiting' and e.not_before <= $3 for update of e`,
    [accountId, messageId, now],
  )
  return row ?? null
}

export interface EmailMove {
  messageId: string
  from: readonly EmailState[]
  to: EmailState
  reason: string | null
  code: number | null
  now: Date
  notBefore?: Date
}

/** False when it is not in one of these states: somebody else was there before. */
export async function moveEmail(tx: Tx, move: EmailMove): Promise<boolean> {
  const rows = await tx.query(
    `/* emails.moveEmail */
     update email_fallback set state = $3, reason = $4, code = $5, changed_at = $6, not_before = coalesce($7, not_before)
     where message_id = $1 and state = any ($2::text[]) returning 1`,
    [move.messageId, move.from, move.to, move.reason, move.code, move.now, move.notBefore ?? null],
  )
  return rows.length > 0
}

/** From here on nobody else sends it, whatever becomes of this process. Returns which try it is. */
export async function beginTry(tx: Tx, messageId: string, address: string, now: Date): Promise<number> {
  const [row] = await tx.query<{ tries: number }>(
    `/* emails.beginTry */
     update email_fallback set state = 'sending', tries = tries + 1, address = $2, reason = null, code = null, changed_at = $3
     where message_id = $1 and state = 'waiting' returning tries`,
    [messageId, address, now],
  )
  const tries = row?.tries ?? 0
  await appendAttempt(tx, { messageId, n: tries, outcome: 'began', code: null, reason: null, now })
  return tries
}

export interface EmailAttempt {
  messageId: string
  n: number
  outcome: 'began' | 'sent' | 'later' | 'failed' | 'uncertain'
  code: number | null
  reason: string | null
  now: Date
}

export async function appendAttempt(tx: Tx, attempt: EmailAttempt): Promise<void> {
  await tx.query(
    `/* emails.appendAttempt */ insert into email_attempt (message_id, n, outcome, code, reason, at) values ($1, $2, $3, $4, $5, $6)`,
    [attempt.messageId, attempt.n, attempt.outcome, attempt.code, attempt.reason, attempt.now],
  )
}

export interface LostEmail extends DueEmail {
  tries: number
}

/** Begun before this moment, and nobody came back. */
export async function readLost(db: Db, before: Date, limit: number): Promise<LostEmail[]> {
  return readQuery<LostEmail>(
    db,
    `/* emails.readLost */
     select message_id as "messageId", account_id as "accountId", tries from email_fallback
     where state = 'sending' and changed_at < $1 order by changed_at limit $2`,
    [before, limit],
  )
}

export interface EmailsUnderWay {
  waiting: number
  sending: number
  oldestDueAt: Date | null
}

/** Over all accounts, by the indexes of what waits and what is being sent. */
export async function countWaitingEmails(db: Db): Promise<EmailsUnderWay> {
  const [row] = await readQuery<EmailsUnderWay>(
    db,
    `/* emails.countWaiting */
     select (select count(*)::int from email_fallback where state = 'waiting') as waiting,
       (select count(*)::int from email_fallback where state = 'sending') as sending,
       (select min(not_before) from email_fallback where state = 'waiting') as "oldestDueAt"`,
  )
  return row ?? { waiting: 0, sending: 0, oldestDueAt: null }
}
