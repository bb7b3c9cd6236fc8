import {
  trustId,
  type AccountId,
  type AppointmentId,
  type ContactId,
  type SeriesId,
} from '../../../kernel/ids.js'
import type { Tx } from '../../../platform/db/transaction.js'
import type { AppointmentKind, AppointmentState, PartyRole } from '../domain/appointment-state.js'

/** What the people who book say about an appointment. */
export interface AppointmentDetails {
  startsAt: Date
  durationMinutes: number
  zone: string
  title: string | null
  location: string | null
  /** Minutes before the beginning; null for the account's. */
  offsets: number[] | null
}

export interface Appointment extends AppointmentDetails {
  id: AppointmentId
  accountId: AccountId
  kind: AppointmentKind
  seriesId: SeriesId | null
  place: number | null
  state: AppointmentState
  revision: number
  createdAt: Date
  updatedAt: Date
}

export interface AppointmentRow {
  id: string
  account_id: string
  kind: AppointmentKind
  series_id: string | null
  place: number | null
  starts_at: Date
  duration_minutes: number
  zone: string
  title: string | null
  location: string | null
  offsets: number[] | null
  state: AppointmentState
  revision: number
  created_at: Date
  updated_at: Date
}

export const APPOINTMENT_COLUMNS = `id, account_id, kind, series_id, place, starts_at, duration_minutes, zone, title, location, offsets,
  state, revision, created_at, updated_at`

export function toAppointment(row: AppointmentRow): Appointment {
  return {
    id: trustId<AppointmentId>(row.id),
    accountId: trustId<AccountId>(row.account_id),
    kind: row.kind,
    seriesId: row.series_id === null ? null : trustId<SeriesId>(row.series_id),
    place: row.place,
    startsAt: row.starts_at,
    durationMinutes: row.duration_minutes,
    zone: row.zone,
    title: row.title,
    location: row.location,
    offsets: row.offsets,
    state: row.state,
    revision: row.revision,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

export async function insertAppointment(tx: Tx, appointment: Appointment): Promise<void> {
  const { id, accountId, kind, seriesId, place, startsAt, durationMinutes, zone } = appointment
  await tx.query(
    `/* appointments.insert */
     insert into appointment (id, account_id, kind, series_id, place, starts_at, duration_minutes, zone, title, location, offsets,
       created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)`,
    [
      ...[id, accountId, kind, seriesId, place, startsAt, durationMinutes, zone],
      ...[appointment.title, appointment.location, appointment.offsets, appointment.createdAt],
    ],
  )
}

export async function lockAppointment(
  tx: Tx,
  accountId: AccountId,
  appointmentId: AppointmentId,
): Promise<Appointment | null> {
  const [row] = await tx.query<AppointmentRow>(
    `/* appointments.lock */ select ${APPOINTMENT_COLUMNS} from appointment where account_id = $1 and id = $2 for update`,
    [accountId, appointmentId],
  )
  return row === undefined ? null : toAppointment(row)
}

/** The next revision, if it is still the one that was read. */
export async function writeRevision(
  tx: Tx,
  from: Appointment,
  to: Omit<Appointment, 'revision' | 'createdAt'>,
): Promise<boolean> {
  const rows = await tx.query(
    `/* appointments.revise */
     update appointment set revision = revision + 1, starts_at = $3, duration_minutes = $4, zone = $5, title = $6, location = $7,
       offsets = $8, state = $9, updated_at = $10
     where id = $1 and revision = $2 returning 1`,
    [
      ...[from.id, from.revision, to.startsAt, to.durationMinutes, to.zone, to.title, to.location],
      ...[to.offsets, to.state, to.updatedAt],
    ],
  )
  return rows.length === 1
}

export interface Party {
  partyId: string
  role: PartyRole
  contactId: ContactId | null
  /** As said by whoever booked; null for the contact's, and that of the appointment where it has none. */
  zone: string | null
}

export async function insertParties(
  tx: Tx,
  appointment: Pick<Appointment, 'id' | 'accountId'>,
  parties: readonly Party[],
): Promise<void> {
  if (parties.length === 0) return
  await tx.query(
    `/* appointments.insertParties */
     insert into appointment_party (id, appointment_id, account_id, role, contact_id, zone)
     select id, $1, $2, role, contact_id, zone from jsonb_to_recordset($3::jsonb) as r (id uuid, role text, contact_id uuid, zone text)`,
    [
      appointment.id,
      appointment.accountId,
      JSON.stringify(
        parties.map(({ partyId, role, contactId, zone }) => ({
          id: partyId,
          role,
          contact_id: contactId,
          zone,
        })),
      ),
    ],
  )
}

export async function removeParties(tx: Tx, partyIds: readonly string[], now: Date): Promise<void> {
  if (partyIds.length === 0) return
  await tx.query(
    `/* appointments.removeParties */ update appointment_party set removed_at = $2 where id = any ($1::uuid[]) and removed_at is null`,
    [partyIds, now],
  )
}

export interface HistoryEntry {
  appointment: Pick<Appointment, 'id' | 'accountId'>
  fromRevision: number | null
  revision: number
  kind: 'booked' | 'changed' | 'moved' | 'cancelled' | 'completed' | 'no_show' | 'confirmed'
  details: Record<string, unknown>
  actor: string
  at: Date
}

export async function insertHistory(tx: Tx, entry: HistoryEntry): Promise<void> {
  await tx.query(
    `/* appointments.history */
     insert into appointment_event (account_id, appointment_id, from_revision, revision, kind, details, actor, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      ...[entry.appointment.accountId, entry.appointment.id, entry.fromRevision, entry.revision, entry.kind],
      ...[JSON.stringify(entry.details), entry.actor, entry.at],
    ],
  )
}
