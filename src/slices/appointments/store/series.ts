import {
  trustId,
  type AccountId,
  type AppointmentId,
  type ContactId,
  type SeriesId,
} from '../../../kernel/ids.js'
import type { Tx } from '../../../platform/db/transaction.js'
import type { PartyRole } from '../domain/appointment-state.js'
import type { Recurrence } from '../domain/recurrence.js'
import { APPOINTMENT_COLUMNS, toAppointment, type Appointment, type AppointmentRow } from './appointments.js'

export interface SeriesParty {
  role: PartyRole
  contactId: ContactId | null
  /** As said by whoever booked. */
  zone: string | null
}

export interface Series extends Recurrence {
  id: SeriesId
  accountId: AccountId
  durationMinutes: number
  title: string | null
  location: string | null
  offsets: number[] | null
  parties: readonly SeriesParty[]
  state: 'active' | 'finished' | 'cancelled'
  placesWritten: number
  isWrittenOut: boolean
  /** The first upcoming occurrence, whose reminders are planned. */
  remindedId: AppointmentId | null
  createdAt: Date
}

export interface SeriesRow {
  id: string
  account_id: string
  rule: string
  zone: string
  local_start: string
  duration_minutes: number
  title: string | null
  location: string | null
  offsets: number[] | null
  parties: SeriesParty[]
  state: Series['state']
  places_written: number
  is_written_out: boolean
  reminded_id: string | null
  created_at: Date
}

export const SERIES_COLUMNS = `id, account_id, rule, zone, local_start, duration_minutes, title, location, offsets, parties, state,
  places_written, is_written_out, reminded_id, created_at`

export function toSeries(row: SeriesRow): Series {
  return {
    id: trustId<SeriesId>(row.id),
    accountId: trustId<AccountId>(row.account_id),
    rule: row.rule,
    zone: row.zone,
    localStart: row.local_start,
    durationMinutes: row.duration_minutes,
    title: row.title,
    location: row.location,
    offsets: row.offsets,
    parties: row.parties,
    state: row.state,
    placesWritten: row.places_written,
    isWrittenOut: row.is_written_out,
    remindedId: row.reminded_id === null ? null : trustId<AppointmentId>(row.reminded_id),
    createdAt: row.created_at,
  }
}

export async function insertSeries(tx: Tx, series: Series, actor: string): Promise<void> {
  const { id, accountId, rule, zone, localStart, durationMinutes, title, location, offsets } = series
  await tx.query(
    `/* appointments.insertSeries */
     insert into appointment_series (id, account_id, rule, zone, local_start, duration_minutes, title, location, offsets, parties,
       created_by, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      ...[id, accountId, rule, zone, localStart, durationMinutes, title, location, offsets],
      ...[JSON.stringify(series.parties), actor, series.createdAt],
    ],
  )
}

export async function lockSeries(tx: Tx, accountId: AccountId, seriesId: SeriesId): Promise<Series | null> {
  const [row] = await tx.query<SeriesRow>(
    `/* appointments.lockSeries */ select ${SERIES_COLUMNS} from appointment_series where account_id = $1 and id = $2 for update`,
    [accountId, seriesId],
  )
  return row === undefined ? null : toSeries(row)
}

export async function writeSeries(
  tx: Tx,
  seriesId: SeriesId,
  to: Pick<Series, 'state' | 'placesWritten' | 'isWrittenOut' | 'remindedId'> & { nextLookAt: Date | null },
): Promise<void> {
  await tx.query(
    `/* appointments.writeSeries */
     update appointment_series set state = $2, places_written = $3, is_written_out = $4, reminded_id = $5, next_look_at = $6 where id = $1`,
    [seriesId, to.state, to.placesWritten, to.isWrittenOut, to.remindedId, to.nextLookAt],
  )
}

/** Occurrences that are to take place after a moment, in their order, at most so many. */
export async function upcomingOf(
  tx: Tx,
  seriesId: SeriesId,
  after: Date,
  limit: number,
): Promise<Appointment[]> {
  const rows = await tx.query<AppointmentRow>(
    `/* appointments.upcoming */
     select ${APPOINTMENT_COLUMNS} from appointment where series_id = $1 and state = 'scheduled' and starts_at > $2
     order by starts_at, place limit $3`,
    [seriesId, after, limit],
  )
  return rows.map(toAppointment)
}
