import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import { lockPlatform } from './controls.js'

export interface SendingLock {
  reason: string | null
  lockedAt: Date | null
  /** Where the database that last sent was; null before the first worker. */
  knownIdentity: string | null
  /** Where this one is. */
  identity: string
}

export async function readSendingLock(db: Db): Promise<SendingLock> {
  const [row] = await readQuery<{
    lock_reason: string | null
    locked_at: Date | null
    database_identity: string | null
    identity: string
  }>(
    db,
    `/* accounts.readSendingLock */
     select lock_reason, locked_at, database_identity, database_identity() as identity from platform_control`,
  )
  return {
    reason: row?.lock_reason ?? null,
    lockedAt: row?.locked_at ?? null,
    knownIdentity: row?.database_identity ?? null,
    identity: row?.identity ?? '',
  }
}

/** Only the first worker of an installation finds no identity. */
export async function adoptIdentity(tx: Tx): Promise<void> {
  await lockPlatform(tx)
  await tx.query(
    `/* accounts.adoptIdentity */ update platform_control set database_identity = database_identity()
     where database_identity is null`,
  )
}

/** The first lock stays, with its moment: what must be waited for begins there. Returns whether this locked. */
export async function setSendingLock(tx: Tx, reason: string, now: Date): Promise<boolean> {
  await lockPlatform(tx)
  const rows = await tx.query(
    `/* accounts.setSendingLock */ update platform_control set lock_reason = $1, locked_at = $2, changed_at = clock_timestamp()
     where lock_reason is null returning only_row`,
    [reason, now],
  )
  return rows.length === 1
}

/** What an acceptance of a restored database rests on. */
export interface RestoreRun {
  actor: string
  listedSince: Date
  listed: number
  known: number
  imported: number
  stray: number
  strayReason: string | null
  chargedCredits: number
}

/** Takes the lock back and makes this database the one that sends. False when there was no lock. */
export async function acceptIdentity(tx: Tx, run: RestoreRun, now: Date): Promise<boolean> {
  await lockPlatform(tx)
  const rows = await tx.query(
    `/* accounts.acceptIdentity */
     with before as (
       select lock_reason, locked_at, database_identity from platform_control where lock_reason is not null
     ), written as (
       insert into restore_run (at, actor, lock_reason, locked_at, listed_since, identity_before, identity_after, listed, known,
         imported, stray, stray_reason, charged_credits)
       select $1, $2, lock_reason, locked_at, $3, database_identity, database_identity(), $4, $5, $6, $7, $8, $9 from before
     )
     update platform_control p set lock_reason = null, locked_at = null, database_identity = database_identity(),
       epoch = p.epoch + 1, changed_at = clock_timestamp()
     from before returning p.only_row`,
    [
      now,
      run.actor,
      run.listedSince,
      run.listed,
      run.known,
      run.imported,
      run.stray,
      run.strayReason,
      run.chargedCredits,
    ],
  )
  return rows.length === 1
}
