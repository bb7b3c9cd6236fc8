import { newId, trustId, type AccountId, type AppointmentId, type ContactId } from '../../src/kernel/ids.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import {
  bookAppointment,
  contexts,
  queueDue,
  rollSeries,
  type AppointmentDeps,
  type BookInput,
  type Caller,
} from '../../src/slices/appointments/index.js'
import { measureSegments } from '../../src/slices/carrier/index.js'
import { aSendingAccount, somePhones, theyAgree } from '../support/builders/messages.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { fixedClock, type FixedClock } from '../support/fixed-clock.js'

/** A database, a clock and everything that appointments need. */
export interface AppointmentWorld extends TestDatabase {
  clock: FixedClock
  deps: AppointmentDeps
}

export const NEW_YORK = 'America/New_York'

/** Monday, 10:00 in New York. */
export async function anAppointmentWorld(startAt = '2026-03-02T15:00:00Z'): Promise<AppointmentWorld> {
  const database = await createTestDatabase()
  const clock = fixedClock(startAt)
  return { ...database, clock, deps: { db: database.db, clock, contexts, measureSegments } }
}

export function aCoach(accountId: AccountId): Caller {
  return { accountId, actor: { kind: 'user', id: 'coach' } }
}

/** An account that may send, without a limit of single texts that tests about something else would meet. */
export async function aPractice(world: AppointmentWorld, credits = 1_000): Promise<AccountId> {
  const accountId = await aSendingAccount(world.db, credits)
  await readQuery(
    world.db,
    '/* test */ update account_control set singles_per_hour = null, quiet_hours_waiver = null where account_id = $1',
    [accountId],
  )
  return accountId
}

export interface Client {
  contactId: ContactId
  phone: string
}

export interface ClientInput {
  zone?: string | null
  firstName?: string | null
  language?: string
  consents?: boolean
  phone?: string
}

/** Contacts in this order, who agreed to appointment texts unless said. */
export async function clients(
  world: Pick<AppointmentWorld, 'db'>,
  accountId: AccountId,
  inputs: readonly ClientInput[],
): Promise<Client[]> {
  const phones = somePhones(inputs.length)
  const rows = inputs.map((input, place) => ({
    id: newId<ContactId>(),
    phone: input.phone ?? phones[place]!,
    zone: input.zone === undefined ? NEW_YORK : input.zone,
    first_name: input.firstName === undefined ? 'Ana' : input.firstName,
    attributes: input.language === undefined ? {} : { language: input.language },
  }))
  await readQuery(
    world.db,
    `/* test.clients */
     insert into contact (id, account_id, phone, country, number_type, first_name, zone, zone_source, attributes, created_at, updated_at)
     select id, $1, phone, 'US', 'mobile', first_name, zone, case when zone is null then null else 'person' end, attributes, '2026-01-01', '2026-01-01'
     from jsonb_to_recordset($2::jsonb) as r (id uuid, phone text, zone text, first_name text, attributes jsonb)`,
    [accountId, JSON.stringify(rows)],
  )
  const willing = rows.filter((_, place) => inputs[place]!.consents !== false).map(({ phone }) => phone)
  await theyAgree(world.db, accountId, willing, 'transactional')
  return rows.map(({ id, phone }) => ({ contactId: id, phone }))
}

/** An hour with one client, next Friday at noon in New York unless said. */
export async function booked(
  world: AppointmentWorld,
  accountId: AccountId,
  input: Partial<BookInput> & { client?: Client } = {},
): Promise<AppointmentId> {
  const { client, ...rest } = input
  const invited = rest.clients ?? [
    { contactId: (client ?? (await clients(world, accountId, [{}]))[0]!).contactId },
  ]
  const result = await bookAppointment(world.deps, aCoach(accountId), {
    kind: 'individual',
    startsAt: new Date('2026-03-06T17:00:00Z'),
    durationMinutes: 50,
    zone: NEW_YORK,
    ...rest,
    clients: invited,
  })
  if (!result.ok) throw new Error(`the booking was refused: ${result.reason}`)
  return result.appointmentId
}

export interface NotificationRow {
  id: string
  revision: number
  context: string
  offset: number
  state: string
  reason: string | null
  dueAt: string
  usefulUntil: string
  messageId: string | null
  messageState: string | null
  body: string | null
  phone: string | null
}

/** Of one appointment, oldest revision first, in the order in which they are due. */
export async function notificationsOf(
  world: Pick<AppointmentWorld, 'db'>,
  appointmentId: AppointmentId,
): Promise<NotificationRow[]> {
  const rows = await readQuery<Omit<NotificationRow, 'dueAt' | 'usefulUntil'> & { due: Date; until: Date }>(
    world.db,
    `/* test */ select n.id, n.revision, n.context, n.offset_minutes as offset, n.state, n.reason, n.due_at as due, n.useful_until as until,
       n.message_id as "messageId", m.state::text as "messageState", b.body, c.phone
     from notification n join appointment_party p on p.id = n.party_id left join contact c on c.id = p.contact_id
     left join message m on m.id = n.message_id left join message_body b on b.message_id = m.id
     where n.appointment_id = $1 order by n.revision, n.due_at, n.context, c.phone`,
    [appointmentId],
  )
  return rows.map(({ due, until, ...row }) => ({ ...row, dueAt: minute(due), usefulUntil: minute(until) }))
}

export function minute(at: Date): string {
  return at.toISOString().slice(0, 16)
}

/** `context state[:reason] due`, which is what most tests ask. */
export async function planOf(world: AppointmentWorld, appointmentId: AppointmentId): Promise<string[]> {
  return (await notificationsOf(world, appointmentId)).map(
    ({ context, state, reason, dueAt }) =>
      `${context} ${state}${reason === null ? '' : `:${reason}`} ${dueAt}`,
  )
}

/** As if the carrier took each text at once. */
async function sendAll({ db }: Pick<AppointmentWorld, 'db'>): Promise<void> {
  await readQuery(
    db,
    `/* test.sendAll */ update message set state = 'expired', state_reason = 'test' where state = 'pending'`,
  )
}

/** The clock goes to each moment at which something is due, a worker looks, and what is queued leaves. */
export async function passTimeUntil(
  world: Pick<AppointmentWorld, 'db' | 'clock' | 'deps'>,
  until: string | Date,
  onDue: () => Promise<void> = () => sendAll(world),
): Promise<void> {
  const end = new Date(until)
  for (;;) {
    await rollSeries(world.deps)
    await queueDue(world.deps)
    await onDue()
    const next = await nextDue(world)
    if (next === null || next > end) break
    if (next > world.clock.now().toJSDate()) world.clock.set(next.toISOString())
  }
  world.clock.set(end.toISOString())
  await rollSeries(world.deps)
  await queueDue(world.deps)
  await onDue()
}

async function nextDue({ db }: Pick<AppointmentWorld, 'db'>): Promise<Date | null> {
  const [row] = await readQuery<{ next: Date | null }>(
    db,
    `/* test.nextDue */ select least((select min(due_at) from notification where state = 'planned'),
      (select min(next_look_at) from appointment_series)) as next`,
  )
  return row?.next ?? null
}

export async function occurrencesOf(
  world: AppointmentWorld,
  seriesId: string,
): Promise<{ id: AppointmentId; startsAt: Date }[]> {
  const rows = await readQuery<{ id: string; starts_at: Date }>(
    world.db,
    '/* test */ select id, starts_at from appointment where series_id = $1 order by place',
    [seriesId],
  )
  return rows.map((row) => ({ id: trustId<AppointmentId>(row.id), startsAt: row.starts_at }))
}
