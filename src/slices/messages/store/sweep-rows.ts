import { trustId, type AccountId } from '../../../kernel/ids.js'
import type { Tx } from '../../../platform/db/transaction.js'

export interface SweptAttempt {
  attemptId: string
  accountId: AccountId
  sid: string
}

/** Makes the row of a tier when it is seen for the first time. */
export async function addTier(tx: Tx, tier: string): Promise<void> {
  await tx.query(
    `/* messages.addTier */
     insert into status_sweep (tier, swept_through) values ($1, '00000000-0000-0000-0000-000000000000') on conflict (tier) do nothing`,
    [tier],
  )
}

/** Up to which attempt a tier has asked; null when another worker is claiming a range of it now. */
export async function lockTier(tx: Tx, tier: string): Promise<string | null> {
  const [row] = await tx.query<{ swept_through: string }>(
    '/* messages.lockTier */ select swept_through from status_sweep where tier = $1 for update skip locked',
    [tier],
  )
  return row?.swept_through ?? null
}

/**
 * The next range of attempts after `after` and below `below`, at most so many of them, of which those that the carrier
 * accepted and whose delivery is not final are returned. The statuses that count as final come from the carrier slice.
 */
export async function readRange(
  tx: Tx,
  range: { after: string; below: string; finalStatuses: readonly string[]; limit: number },
): Promise<{ scanned: number; last: string | null; open: SweptAttempt[] }> {
  const rows = await tx.query<{ id: string; account_id: string; sid: string | null; open: boolean }>(
    `/* messages.readSweepRange */
     select a.id, a.account_id, a.sid, a.state = 'accepted' and (d.status is null or d.status <> all ($3::text[])) as open
     from (
       select id, account_id, sid, state from attempt where id > $1 and id < $2 order by id limit $4
     ) a left join delivery d on d.attempt_id = a.id
     order by a.id`,
    [range.after, range.below, range.finalStatuses, range.limit],
  )
  return {
    scanned: rows.length,
    last: rows.at(-1)?.id ?? null,
    open: rows.flatMap((row) =>
      row.open && row.sid !== null
        ? [{ attemptId: row.id, accountId: trustId<AccountId>(row.account_id), sid: row.sid }]
        : [],
    ),
  }
}

export async function writeSwept(tx: Tx, tier: string, sweptThrough: string): Promise<void> {
  await tx.query(
    '/* messages.writeSwept */ update status_sweep set swept_through = $2 where tier = $1 and swept_through < $2',
    [tier, sweptThrough],
  )
}
