import {
  trustId,
  type AccountId,
  type AppointmentId,
  type ContactId,
  type SeriesId,
} from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery } from '../../../platform/db/transaction.js'
import type { AppointmentState, PartyRole } from '../domain/appointment-state.js'
import type { NotificationState } from '../domain/notification-state.js'
import { APPOINTMENT_COLUMNS, toAppointment, type Appointment, type AppointmentRow } from './appointments.js'
import { NAME_OF_CONTACT, ZONE_OF_PARTY } from './people.js'
import { SERIES_COLUMNS, toSeries, type Series, type SeriesRow } from './series.js'

export interface CalendarFilter {
  from: Date | null
  to: Date | null
  contactId: ContactId | null
  seriesId: SeriesId | null
  states: readonly AppointmentState[] | null
}

/** In the order of the calendar. */
export async function listCalendar(
  db: Db,
  accountId: AccountId,
  filter: CalendarFilter,
  page: { after: { startsAt: Date; id: string } | null; limit: number },
): Promise<Appointment[]> {
  const rows = await readQuery<AppointmentRow>(
    db,
    `/* appointments.calendar */
     select ${APPOINTMENT_COLUMNS} from appointment a
     where account_id = $1 and ($2::timestamptz is null or starts_at >= $2) and ($3::timestamptz is null or starts_at < $3)
       and ($4::uuid is null or exists (select from appointment_party p
         where p.account_id = $1 and p.contact_id = $4 and p.appointment_id = a.id and p.removed_at is null))
       and ($5::uuid is null or series_id = $5) and ($6::text[] is null or state = any ($6))
       and ($7::timestamptz is null or (starts_at, id) > ($7, $8::uuid))
     order by starts_at, id limit $9`,
    [
      ...[accountId, filter.from, filter.to, filter.contactId, filter.seriesId, filter.states],
      ...[page.after?.startsAt ?? null, page.after?.id ?? null, page.limit],
    ],
  )
  return rows.map(toAppointment)
}

export async function findAppointmentRow(
  db: Db,
  accountId: AccountId,
  appointmentId: AppointmentId,
): Promise<Appointment | null> {
  const [row] = await readQuery<AppointmentRow>(
    db,
    `/* appointments.find */ select ${APPOINTMENT_COLUMNS} from appointment where account_id = $1 and id = $2`,
    [accountId, appointmentId],
  )
  return row === undefined ? null : toAppointment(row)
}

export async function findSeriesRow(
  db: Db,
  accountId: AccountId,
  seriesId: SeriesId,
): Promise<Series | null> {
  const [row] = await readQuery<SeriesRow>(
    db,
    `/* appointments.findSeries */ select ${SERIES_COLUMNS} from appointment_series where account_id = $1 and id = $2`,
    [accountId, seriesId],
  )
  return row === undefined ? null : toSeries(row)
}

export async function listSeriesRows(
  db: Db,
  accountId: AccountId,
  page: { before: string | null; limit: number },
): Promise<Series[]> {
  const rows = await readQuery<SeriesRow>(
    db,
    `/* appointments.listSeries */ select ${SERIES_COLUMNS} from appointment_series
     where account_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
    [accountId, page.before, page.limit],
  )
  return rows.map(toSeries)
}

/** Somebody who takes part, and how it stands with the texts about it. */
export interface ListedParty {
  partyId: string
  appointmentId: AppointmentId
  role: PartyRole
  contactId: ContactId | null
  /** The name, else the number; null without a contact. */
  name: string | null
  zone: string
  /** Of `C1`: what a reply names this appointment with. */
  code: number | null
  confirmedAt: Date | null
  /** Of this revision: texts by what became of them, and notifications that are no text. */
  results: Readonly<Record<string, number>>
}

export async function listParties(
  db: Db,
  accountId: AccountId,
  appointmentIds: readonly string[],
): Promise<ListedParty[]> {
  const rows = await readQuery<{
    id: string
    appointment_id: string
    role: PartyRole
    contact_id: string | null
    name: string | null
    zone: string
    code: number | null
    confirmed_at: Date | null
    results: Record<string, number> | null
  }>(
    db,
    `/* appointments.parties */
     select p.id, p.appointment_id, p.role, p.contact_id, ${NAME_OF_CONTACT}, ${ZONE_OF_PARTY}, p.code, p.confirmed_at, r.results
     from appointment_party p join appointment a on a.id = p.appointment_id
     left join contact c on c.account_id = $1 and c.id = p.contact_id and c.deleted_at is null
     left join lateral (
       select jsonb_object_agg(s.state, s.n) as results from (
         select coalesce(m.state::text, n.state) as state, count(*) as n from notification n left join message m on m.id = n.message_id
         where n.appointment_id = a.id and n.revision = a.revision and n.party_id = p.id group by 1) s) r on true
     where p.account_id = $1 and p.appointment_id = any ($2::uuid[]) and p.removed_at is null order by p.role, p.id`,
    [accountId, appointmentIds],
  )
  return rows.map((row) => ({
    partyId: row.id,
    appointmentId: trustId<AppointmentId>(row.appointment_id),
    role: row.role,
    contactId: row.contact_id === null ? null : trustId<ContactId>(row.contact_id),
    name: row.name,
    zone: row.zone,
    code: row.code,
    confirmedAt: row.confirmed_at,
    results: row.results ?? {},
  }))
}

export interface ListedNotification {
  id: string
  revision: number
  context: string
  offsetMinutes: number
  partyId: string
  role: PartyRole
  contactId: ContactId | null
  name: string | null
  zone: string
  nominalAt: Date
  dueAt: Date
  usefulUntil: Date
  state: NotificationState
  reason: string | null
  messageId: string | null
  messageState: string | null
}

/** Of one appointment, in the order in which they are due. */
export async function listNotifications(
  db: Db,
  accountId: AccountId,
  appointmentId: AppointmentId,
  limit: number,
): Promise<ListedNotification[]> {
  const rows = await readQuery<{
    id: string
    revision: number
    context: string
    offset_minutes: number
    party_id: string
    role: PartyRole
    contact_id: string | null
    name: string | null
    zone: string
    nominal_at: Date
    due_at: Date
    useful_until: Date
    state: NotificationState
    reason: string | null
    message_id: string | null
    message_state: string | null
  }>(
    db,
    `/* appointments.notifications */
     select n.id, n.revision, n.context, n.offset_minutes, n.party_id, p.role, p.contact_id, ${NAME_OF_CONTACT}, ${ZONE_OF_PARTY},
       n.nominal_at, n.due_at, n.useful_until, n.state, n.reason, n.message_id, m.state::text as message_state
     from notification n join appointment_party p on p.id = n.party_id join appointment a on a.id = n.appointment_id left join message m on m.id = n.message_id
     left join contact c on c.account_id = $1 and c.id = p.contact_id and c.deleted_at is null
     where n.account_id = $1 and n.appointment_id = $2 order by n.revision desc, n.due_at, n.context, n.id limit $3`,
    [accountId, appointmentId, limit],
  )
  return rows.map((row) => ({
    id: row.id,
    revision: row.revision,
    context: row.context,
    offsetMinutes: row.offset_minutes,
    partyId: row.party_id,
    role: row.role,
    contactId: row.contact_id === null ? null : trustId<ContactId>(row.contact_id),
    name: row.name,
    zone: row.zone,
    nominalAt: row.nominal_at,
    dueAt: row.due_at,
    usefulUntil: row.useful_until,
    state: row.state,
    reason: row.reason,
    messageId: row.message_id,
    messageState: row.message_state,
  }))
}

export interface HistoryRow {
  fromRevision: number | null
  revision: number
  kind: string
  details: Record<string, unknown>
  actor: string
  at: Date
}

export async function listHistory(
  db: Db,
  accountId: AccountId,
  appointmentId: AppointmentId,
  limit: number,
): Promise<HistoryRow[]> {
  const rows = await readQuery<Omit<HistoryRow, 'fromRevision'> & { from_revision: number | null }>(
    db,
    `/* appointments.listHistory */ select from_revision, revision, kind, details, actor, at from appointment_event
     where account_id = $1 and appointment_id = $2 order by ord desc limit $3`,
    [accountId, appointmentId, limit],
  )
  return rows.map(({ from_revision, ...row }) => ({ ...row, fromRevision: from_revision }))
}
