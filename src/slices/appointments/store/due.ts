import { trustId, type AccountId, type AppointmentId, type SeriesId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import type { AppointmentState } from '../domain/appointment-state.js'

/** What is planned instead of a text waits until it is known what became of that. */
const IS_FREE = `not exists (select from message m where m.id = n.instead_of and m.state in ('dispatching', 'unknown'))`

/** Accounts with something due, the longest waiting first. */
export async function accountsWithDue(db: Db, now: Date, limit: number): Promise<AccountId[]> {
  const rows = await readQuery<{ account_id: string }>(
    db,
    `/* appointments.accountsWithDue */
     select account_id from notification n where state = 'planned' and due_at <= $1 and ${IS_FREE} group by account_id order by min(due_at) limit $2`,
    [now, limit],
  )
  return rows.map((row) => trustId<AccountId>(row.account_id))
}

export interface DueNotification {
  id: string
  appointmentId: AppointmentId
  revision: number
  context: string
  isReminder: boolean
  /** It takes the place of a text that has ended otherwise than by being taken back. */
  isSuperfluous: boolean
  partyId: string
  dueAt: Date
  usefulUntil: Date
  appointment: {
    revision: number
    state: AppointmentState
    startsAt: Date
    durationMinutes: number
    title: string | null
    location: string | null
  }
}

export interface DueBatch {
  due: DueNotification[]
  /** There was more than a batch takes. */
  hasMore: boolean
}

/**
 * What is due next, and nobody else works on it. A group is told together, so no appointment is cut in two: of those that the
 * first `limit` notifications belong to, as many as have `rowsMax` together, and one that has more alone.
 */
export async function lockDue(
  tx: Tx,
  accountId: AccountId,
  now: Date,
  { limit, rowsMax }: { limit: number; rowsMax: number },
): Promise<DueBatch> {
  const rows = await tx.query<{
    id: string
    appointment_id: string
    revision: number
    context: string
    is_reminder: boolean
    is_superfluous: boolean
    party_id: string
    due_at: Date
    useful_until: Date
    current_revision: number
    state: AppointmentState
    starts_at: Date
    duration_minutes: number
    title: string | null
    location: string | null
    has_more: boolean
  }>(
    `/* appointments.lockDue */
     with first as materialized (
       select n.appointment_id, n.due_at from notification n
       where n.account_id = $1 and n.state = 'planned' and n.due_at <= $2 and ${IS_FREE} order by n.due_at limit $3
     ), sized as materialized (
       select f.appointment_id, s.size, sum(s.size) over (order by f.due_at, f.appointment_id) as through
       from (select appointment_id, min(due_at) as due_at from first group by appointment_id) f
       cross join lateral (
         select count(*) as size from notification n where n.account_id = $1 and n.appointment_id = f.appointment_id
           and n.state = 'planned' and n.due_at <= $2 and ${IS_FREE}) s
     ), next as materialized (select appointment_id from sized where through <= $4 or through = size)
     select n.id, n.appointment_id, n.revision, n.context, n.offset_minutes > 0 as is_reminder,
       exists (select from message m where m.id = n.instead_of and m.state <> 'cancelled') as is_superfluous, n.party_id, n.due_at, n.useful_until, a.revision as current_revision,
       a.state, a.starts_at, a.duration_minutes, a.title, a.location,
       (select count(*) from first) = $3 or (select count(*) from sized) > (select count(*) from next) as has_more
     from next join notification n on n.appointment_id = next.appointment_id join appointment a on a.id = n.appointment_id
     where n.account_id = $1 and n.state = 'planned' and n.due_at <= $2 and ${IS_FREE} order by n.due_at, n.id for update of n skip locked`,
    [accountId, now, limit, rowsMax],
  )
  const due = rows.map((row) => ({
    id: row.id,
    appointmentId: trustId<AppointmentId>(row.appointment_id),
    revision: row.revision,
    context: row.context,
    isReminder: row.is_reminder,
    isSuperfluous: row.is_superfluous,
    partyId: row.party_id,
    dueAt: row.due_at,
    usefulUntil: row.useful_until,
    appointment: {
      revision: row.current_revision,
      state: row.state,
      startsAt: row.starts_at,
      durationMinutes: row.duration_minutes,
      title: row.title,
      location: row.location,
    },
  }))
  return { due, hasMore: rows[0]?.has_more ?? false }
}

export interface SeriesRef {
  seriesId: SeriesId
  accountId: AccountId
}

/** Series whose next occurrence has begun: the one after it is to be reminded of. */
export async function seriesToRoll(db: Db, now: Date, limit: number): Promise<SeriesRef[]> {
  return toRefs(
    await readQuery<{ id: string; account_id: string }>(
      db,
      `/* appointments.seriesToRoll */
       select id, account_id from appointment_series where next_look_at <= $1 order by next_look_at limit $2`,
      [now, limit],
    ),
  )
}

/** Series with fewer upcoming occurrences than there should be. */
export async function seriesToExtend(db: Db, now: Date, ahead: number, limit: number): Promise<SeriesRef[]> {
  return toRefs(
    await readQuery<{ id: string; account_id: string }>(
      db,
      `/* appointments.seriesToExtend */
       select s.id, s.account_id from appointment_series s
       where s.state = 'active' and not s.is_written_out and (
         select count(*) from (select from appointment a where a.series_id = s.id and a.state = 'scheduled' and a.starts_at > $1 limit $2) u) < $2
       order by s.id limit $3`,
      [now, ahead, limit],
    ),
  )
}

function toRefs(rows: readonly { id: string; account_id: string }[]): SeriesRef[] {
  return rows.map((row) => ({
    seriesId: trustId<SeriesId>(row.id),
    accountId: trustId<AccountId>(row.account_id),
  }))
}
