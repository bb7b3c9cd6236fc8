import { systemClock } from '../../src/kernel/clock.js'
import { newId, trustId, type AccountId, type AppointmentId, type ContactId } from '../../src/kernel/ids.js'
import type { Db } from '../../src/platform/db/data-source.js'
import { inTransaction, readQuery } from '../../src/platform/db/transaction.js'
import { bookAppointment, contexts, type Caller } from '../../src/slices/appointments/index.js'
import { grantCredits } from '../../src/slices/credits/index.js'

/** Somebody with a number who has not been booked yet; each is booked once, so that each text names its booking. */
interface Client {
  contactId: ContactId
  phone: string
}

export interface Practice {
  caller: Caller
  /** Taken from the end. */
  clients: Client[]
}

export interface Booking {
  caller: Caller
  appointmentId: AppointmentId
  phone: string
}

const DAY_MS = 86_400_000
const CREDITS = 1_000_000

/** Accounts whose people agreed to texts, written by SQL: what is measured is booking. */
export async function openPractices(db: Db, count: number, clientsEach: number): Promise<Practice[]> {
  const practices: Practice[] = []
  for (let place = 0; place < count; place += 1) {
    const accountId = newId<AccountId>()
    await readQuery(db, `/* bench.account */ insert into account (id, name) values ($1, 'A practice')`, [
      accountId,
    ])
    await readQuery(
      db,
      `/* bench.account */ update account_control set subscription_state = 'active', unknown_policy = 'P1', unknown_policy_single = 'P1',
         singles_per_hour = null, singles_approved_until = now() + interval '1 day', quiet_hours_waiver = 'a benchmark' where account_id = $1`,
      [accountId],
    )
    await inTransaction(db, { name: 'bench.grant', accountId }, (tx) =>
      grantCredits(tx, { accountId, credits: CREDITS, source: 'purchase', origin: 'bench', actor: 'bench' }),
    )
    const caller = { accountId, actor: { kind: 'user', id: 'coach' } } as const
    practices.push({ caller, clients: await inviteClients(db, accountId, place * clientsEach, clientsEach) })
  }
  await readQuery(db, '/* bench.analyze */ vacuum analyze contact, consent, consent_event')
  return practices
}

async function inviteClients(db: Db, accountId: AccountId, first: number, count: number): Promise<Client[]> {
  const phone = `'+1' || (2010000000 + i)::text`
  const range = [accountId, first, first + count - 1]
  await readQuery(
    db,
    `/* bench.consents */
     insert into consent_event (account_id, phone, purpose, action, level, method, occurred_at, recorded_at)
     select $1, ${phone}, 'transactional', 'grant', 'express', 'import', now(), now() from generate_series($2::int, $3::int) i`,
    range,
  )
  const rows = await readQuery<{ id: string; phone: string }>(
    db,
    `/* bench.clients */
     insert into contact (id, account_id, phone, country, number_type, first_name, zone, zone_source, attributes, created_at, updated_at)
     select uuidv7(), $1, ${phone}, 'US', 'mobile', 'Ana', 'America/New_York', 'person', '{}', now(), now() from generate_series($2::int, $3::int) i
     returning id, phone`,
    range,
  )
  return rows.map((row) => ({ contactId: trustId<ContactId>(row.id), phone: row.phone }))
}

/** A month ahead unless said. */
export async function bookOne(
  db: Db,
  { caller, clients }: Practice,
  startsAt: Date = new Date(systemClock.now().toMillis() + 30 * DAY_MS),
): Promise<Booking> {
  const client = clients.pop()
  if (client === undefined) throw new Error('there are more clients than bookings')
  const booked = await bookAppointment({ db, clock: systemClock, contexts }, caller, {
    ...{ kind: 'individual', startsAt, durationMinutes: 50, zone: 'America/New_York' },
    clients: [{ contactId: client.contactId }],
  })
  if (!booked.ok) throw new Error(`a booking was refused: ${booked.reason}`)
  return { caller, appointmentId: booked.appointmentId, phone: client.phone }
}
