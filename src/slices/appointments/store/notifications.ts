import { trustId, type AccountId, type AppointmentId, type MessageId } from '../../../kernel/ids.js'
import type { Tx } from '../../../platform/db/transaction.js'
import type { SkipReason, VoidReason } from '../domain/notification-state.js'
import type { PlannedNotification } from '../domain/plan-notifications.js'

/** A revision is planned once: what is there already stays as it is. */
export async function insertNotifications(
  tx: Tx,
  appointment: { id: AppointmentId; accountId: AccountId; revision: number },
  planned: readonly PlannedNotification[],
): Promise<void> {
  if (planned.length === 0) return
  await tx.query(
    `/* appointments.insertNotifications */
     insert into notification (account_id, appointment_id, revision, context, offset_minutes, party_id, nominal_at, due_at, useful_until,
       instead_of, state, reason)
     select $1, $2, $3, context, offset_minutes, party_id, nominal_at, due_at, useful_until,
       instead_of, case when skip is null then 'planned' else 'skipped' end, skip
     from jsonb_to_recordset($4::jsonb) as r (context text, offset_minutes int, party_id uuid, nominal_at timestamptz,
       due_at timestamptz, useful_until timestamptz, instead_of uuid, skip text)
     on conflict (appointment_id, revision, context, offset_minutes, party_id) do nothing`,
    [
      ...[appointment.accountId, appointment.id, appointment.revision],
      JSON.stringify(
        planned.map((one) => ({
          context: one.context,
          offset_minutes: one.offsetMinutes,
          party_id: one.partyId,
          nominal_at: one.nominalAt,
          due_at: one.dueAt,
          useful_until: one.usefulUntil,
          instead_of: one.insteadOf,
          skip: one.skip,
        })),
      ),
    ],
  )
}

export interface OpenNotification {
  id: string
  partyId: string
  context: string
  offsetMinutes: number
  messageId: MessageId | null
  /** It only took the place of a text that has reached the carrier since, or has ended otherwise. */
  isSuperfluous: boolean
}

/** What is planned, or is a text that waits or is in flight. */
export async function lockOpen(tx: Tx, appointmentId: AppointmentId): Promise<OpenNotification[]> {
  const rows = await tx.query<{
    id: string
    party_id: string
    context: string
    offset_minutes: number
    message_id: string | null
    is_superfluous: boolean
  }>(
    `/* appointments.lockOpen */
     select n.id, n.party_id, n.context, n.offset_minutes, n.message_id, exists (
         select from message m where m.id = n.instead_of and m.state not in ('dispatching', 'unknown', 'cancelled')) as is_superfluous
     from notification n
     where n.appointment_id = $1 and (n.state = 'planned' or (n.state = 'queued' and exists (
       select from message m where m.id = n.message_id and m.state in ('pending', 'dispatching', 'unknown'))))
     for update of n`,
    [appointmentId],
  )
  return rows.map((row) => ({
    id: row.id,
    partyId: row.party_id,
    context: row.context,
    offsetMinutes: row.offset_minutes,
    messageId: row.message_id === null ? null : trustId<MessageId>(row.message_id),
    isSuperfluous: row.is_superfluous,
  }))
}

/** Reminders of the time that the appointment has now whose texts have ended, whatever became of them, unless taken back. */
export async function toldReminders(
  tx: Tx,
  { id, startsAt }: { id: AppointmentId; startsAt: Date },
): Promise<{ partyId: string; context: string; offsetMinutes: number }[]> {
  return tx.query(
    `/* appointments.toldReminders */
     select n.party_id as "partyId", n.context, n.offset_minutes as "offsetMinutes"
     from notification n join message m on m.id = n.message_id
     where n.appointment_id = $1 and n.state = 'queued' and n.offset_minutes > 0
       and n.nominal_at = $2::timestamptz - make_interval(mins => n.offset_minutes)
       and m.state not in ('pending', 'dispatching', 'unknown', 'cancelled')`,
    [id, startsAt],
  )
}

export async function writeVoided(tx: Tx, ids: readonly string[], reason: VoidReason): Promise<void> {
  if (ids.length === 0) return
  await tx.query(
    `/* appointments.void */ update notification set state = 'voided', reason = $2 where id = any ($1::uuid[]) and state in ('planned', 'queued')`,
    [ids, reason],
  )
}

export async function writeSkipped(
  tx: Tx,
  skipped: readonly { id: string; reason: SkipReason }[],
): Promise<void> {
  if (skipped.length === 0) return
  await tx.query(
    `/* appointments.skip */
     update notification n set state = 'skipped', reason = r.reason
     from unnest($1::uuid[], $2::text[]) as r (id, reason) where n.id = r.id and n.state = 'planned'`,
    [skipped.map(({ id }) => id), skipped.map(({ reason }) => reason)],
  )
}

/** The texts stand under keys that name their notifications, so that one makes one. Returns how many there were. */
export async function writeQueued(
  tx: Tx,
  accountId: AccountId,
  queued: readonly { id: string; idemKey: string }[],
): Promise<number> {
  if (queued.length === 0) return 0
  const rows = await tx.query(
    `/* appointments.queued */
     update notification n set state = 'queued', message_id = m.id
     from unnest($2::uuid[], $3::text[]) as r (id, idem_key), message m
     where n.id = r.id and n.state = 'planned' and m.account_id = $1 and m.idem_key = r.idem_key returning 1`,
    [accountId, queued.map(({ id }) => id), queued.map(({ idemKey }) => idemKey)],
  )
  return rows.length
}

/** Planned notifications of these numbers' contacts, in any appointment. */
export async function lockPlannedForPhones(
  tx: Tx,
  accountId: AccountId,
  phones: readonly string[],
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `/* appointments.plannedForPhones */
     select n.id from contact c
     join appointment_party p on p.account_id = c.account_id and p.contact_id = c.id
     join notification n on n.party_id = p.id and n.state = 'planned'
     where c.account_id = $1 and c.phone = any ($2::text[]) for update of n`,
    [accountId, phones],
  )
  return rows.map(({ id }) => id)
}

/**
 * What opt-outs of these numbers took back, planned again where they agree to such texts now: of the newest revision, not due
 * yet, and reminders only of the occurrence of a series that is reminded of. Returns how many there were.
 */
export async function planAgain(
  tx: Tx,
  accountId: AccountId,
  phones: readonly string[],
  now: Date,
): Promise<number> {
  const rows = await tx.query(
    `/* appointments.planAgain */
     update notification n set state = 'planned'
     from contact c join appointment_party p on p.account_id = c.account_id and p.contact_id = c.id and p.removed_at is null
     join appointment a on a.id = p.appointment_id and a.state = 'scheduled' and a.starts_at > $3
     left join appointment_series s on s.id = a.series_id
     where c.account_id = $1 and c.phone = any ($2::text[]) and n.appointment_id = a.id and n.revision = a.revision and n.party_id = p.id
       and n.state = 'voided' and n.reason = 'opted_out' and n.due_at >= $3
       and (n.offset_minutes = 0 or s.id is null or s.reminded_id = a.id)
       and exists (select from consent g where g.account_id = c.account_id and g.phone = c.phone and g.purpose = 'transactional' and g.granted)
     returning 1`,
    [accountId, phones, now],
  )
  return rows.length
}

/** Parties of an appointment for whom something is a text that may have left. */
export async function partiesTold(tx: Tx, appointmentId: AppointmentId): Promise<Set<string>> {
  const rows = await tx.query<{ party_id: string }>(
    `/* appointments.partiesTold */ select distinct n.party_id from notification n join message m on m.id = n.message_id
     where n.appointment_id = $1 and n.state = 'queued' and m.state <> 'cancelled'`,
    [appointmentId],
  )
  return new Set(rows.map((row) => row.party_id))
}

/** Whether reminders of this revision were planned once: they gave way to another occurrence of the series, or to an opt-out. */
export async function wasSetAside(
  tx: Tx,
  appointment: { id: AppointmentId; revision: number },
): Promise<boolean> {
  const rows = await tx.query(
    `/* appointments.wasSetAside */
     select from notification where appointment_id = $1 and revision = $2 and offset_minutes > 0 and reason in ('not_next', 'opted_out') limit 1`,
    [appointment.id, appointment.revision],
  )
  return rows.length > 0
}

/** The text belongs to a revision of its appointment that is not the newest. */
export async function tellsOldNews(tx: Tx, accountId: AccountId, messageId: string): Promise<boolean> {
  const rows = await tx.query(
    `/* appointments.tellsOldNews */
     select from notification n join appointment a on a.id = n.appointment_id
     where n.message_id = $2 and n.account_id = $1 and n.revision < a.revision limit 1`,
    [accountId, messageId],
  )
  return rows.length > 0
}
