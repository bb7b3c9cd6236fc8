import type { AccountId, AppointmentId } from '../../../kernel/ids.js'
import type { Tx } from '../../../platform/db/transaction.js'

/**
 * Gives each party the smallest number that no other coming appointment of the same contact has, so that a reply names one
 * appointment. Parties of one contact come one after another.
 */
export async function giveCodes(
  tx: Tx,
  accountId: AccountId,
  partyIds: readonly string[],
  now: Date,
): Promise<Map<string, number>> {
  const codes = new Map<string, number>()
  for (const partyId of partyIds) {
    const [row] = await tx.query<{ code: number }>(
      `/* appointments.giveCode */
       update appointment_party p set code = (
         select min(n) from generate_series(1, 1000) as n where not exists (
           select from appointment_party q join appointment a on a.id = q.appointment_id
           where q.account_id = $2 and q.contact_id = p.contact_id and q.code = n and a.state = 'scheduled' and a.starts_at > $3))
       where p.id = $1 returning code`,
      [partyId, accountId, now],
    )
    if (row !== undefined) codes.set(partyId, row.code)
  }
  return codes
}

export interface Confirmable {
  partyId: string
  appointmentId: string
  revision: number
  confirmedAt: Date | null
}

/**
 * Whoever confirmed another time has not confirmed this one. The history keeps that they did. Codes end as well: while the
 * appointment was over, another of the same contact may have been given its number.
 */
export async function clearConfirmations(tx: Tx, appointmentId: AppointmentId): Promise<void> {
  await tx.query(
    `/* appointments.clearConfirmations */
     update appointment_party set confirmed_at = null, confirmed_by = null, code = null
     where appointment_id = $1 and (confirmed_at is not null or code is not null)`,
    [appointmentId],
  )
}

/** The coming appointment of this number that a code names; without a code, the only one that has one. */
export async function lockConfirmable(
  tx: Tx,
  accountId: AccountId,
  asked: { phone: string; code: number | null; at: Date },
): Promise<Confirmable | null> {
  const rows = await tx.query<{
    id: string
    appointment_id: string
    revision: number
    confirmed_at: Date | null
  }>(
    `/* appointments.confirmable */
     select p.id, p.appointment_id, a.revision, p.confirmed_at from contact c
     join appointment_party p on p.account_id = c.account_id and p.contact_id = c.id and p.removed_at is null
     join appointment a on a.id = p.appointment_id and a.state = 'scheduled' and a.starts_at > $4
     where c.account_id = $1 and c.phone = $2 and p.code = coalesce($3, p.code) order by a.starts_at limit 2 for update of p`,
    [accountId, asked.phone, asked.code, asked.at],
  )
  const [row] = rows
  if (row === undefined || (asked.code === null && rows.length > 1)) return null
  return {
    partyId: row.id,
    appointmentId: row.appointment_id,
    revision: row.revision,
    confirmedAt: row.confirmed_at,
  }
}

export async function writeConfirmed(
  tx: Tx,
  partyId: string,
  by: { inboundId: string; at: Date },
): Promise<void> {
  await tx.query(
    '/* appointments.confirm */ update appointment_party set confirmed_at = $2, confirmed_by = $3 where id = $1 and confirmed_at is null',
    [partyId, by.at, by.inboundId],
  )
}
