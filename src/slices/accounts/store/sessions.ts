import type { DateTime } from 'luxon'
import type { AccountId, SessionId, UserId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import type { Role } from '../domain/role.js'

export type SessionEnd = 'signed_out' | 'revoked' | 'password_changed' | 'membership_ended'

export interface SessionRow {
  id: string
  user_id: string
  account_id: string | null
  role: Role | null
  is_platform_admin: boolean
  expires_at: Date
}

export interface NewSession {
  id: SessionId
  userId: UserId
  tokenHash: Buffer
  createdAt: DateTime
  expiresAt: DateTime
}

/** The person's first account, if any, becomes the session's account. */
export async function insertSession(tx: Tx, session: NewSession): Promise<AccountId | null> {
  const [row] = await tx.query<{ account_id: AccountId | null }>(
    `/* accounts.insertSession */ insert into session (id, user_id, account_id, token_hash, created_at, expires_at)
     values ($1, $2, (select account_id from membership where user_id = $2 order by created_at, account_id limit 1), $3, $4, $5)
     returning account_id`,
    [
      session.id,
      session.userId,
      session.tokenHash,
      session.createdAt.toJSDate(),
      session.expiresAt.toJSDate(),
    ],
  )
  return row?.account_id ?? null
}

const present = `
  select s.id, s.user_id, s.account_id, m.role, u.is_platform_admin, s.expires_at
  from session s join app_user u on u.id = s.user_id
  left join membership m on m.account_id = s.account_id and m.user_id = s.user_id
  where s.ended_at is null`

export async function findSessionByHash(
  db: Db,
  tokenHash: Buffer,
  now: DateTime,
): Promise<SessionRow | null> {
  const [row] = await readQuery<SessionRow>(
    db,
    `/* accounts.findSessionByHash */ ${present} and s.token_hash = $1 and s.expires_at > $2`,
    [tokenHash, now.toJSDate()],
  )
  return row ?? null
}

export async function findSessions(db: Db, ids: readonly string[], now: DateTime): Promise<SessionRow[]> {
  return readQuery<SessionRow>(
    db,
    `/* accounts.findSessions */ ${present} and s.id = any ($1::uuid[]) and s.expires_at > $2`,
    [ids, now.toJSDate()],
  )
}

/** False when the person is not a member of that account. */
export async function moveSession(tx: Tx, sessionId: SessionId, accountId: AccountId): Promise<boolean> {
  const rows = await tx.query(
    `/* accounts.moveSession */ update session s set account_id = m.account_id from membership m
     where s.id = $1 and s.ended_at is null and m.account_id = $2 and m.user_id = s.user_id returning s.id`,
    [sessionId, accountId],
  )
  return rows.length === 1
}

export interface EndedSessions {
  userId: UserId
  /** Only this one. */
  only?: SessionId
  /** All but this one. */
  except?: SessionId
  /** Only those that work in this account. */
  accountId?: AccountId
}

/** Returns how many sessions were open and are ended now. */
export async function endSessions(
  tx: Tx,
  which: EndedSessions,
  reason: SessionEnd,
  now: DateTime,
): Promise<number> {
  const rows = await tx.query(
    `/* accounts.endSessions */ update session set ended_at = $2, end_reason = $3
     where user_id = $1 and ended_at is null and ($4::uuid is null or id = $4) and ($5::uuid is null or id <> $5)
       and ($6::uuid is null or account_id = $6) returning id`,
    [which.userId, now.toJSDate(), reason, which.only ?? null, which.except ?? null, which.accountId ?? null],
  )
  return rows.length
}
