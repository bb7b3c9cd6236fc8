import { trustId, type AppointmentId, type ContactId } from '../src/kernel/ids.js'
import { readQuery } from '../src/platform/db/transaction.js'
import {
  bookAppointment,
  bookSeries,
  cancelAppointment,
  extendSeries,
  queueDue,
  rescheduleAppointment,
  rollSeries,
} from '../src/slices/appointments/index.js'
import { createContact, grantConsent } from '../src/slices/contacts/index.js'
import type { Outage, StoryEvent } from './reference-planner.js'
import type { Scenario } from './scenario.js'
import type { Stage } from './stage.js'

const coach = { kind: 'user', id: 'coach' } as const

/** The people and their appointments on this stage. */
export interface Company {
  contacts: ReadonlyMap<string, ContactId>
  appointments: Map<string, AppointmentId>
}

/** Lives through the whole story: time jumps to the next moment at which anything is due, and a worker looks then. */
export async function play(stage: Stage, scenario: Scenario, outage: Outage): Promise<Company> {
  const company: Company = { contacts: await invite(stage, scenario), appointments: new Map() }
  const steps = [
    ...scenario.events.map((event) => ({ at: event.at, run: () => act(stage, scenario, company, event) })),
    { at: outage.from, run: () => stage.line.cut() },
    { at: outage.to, run: () => stage.line.mend() },
  ].sort((one, two) => one.at - two.at)
  let now = scenario.beginsAt
  for (let due = atOnce; ;) {
    // What nothing happened to and what has no turn is as it was: it is not asked again.
    const isNews = (steps[0]?.at ?? Infinity) <= now
    while (steps[0] !== undefined && steps[0].at <= now) await steps.shift()?.run()
    const isTurn = isNews || due.series <= now
    await work(stage, { series: isTurn, notifications: isTurn || due.notifications <= now })
    due = await dueTimes(stage)
    const next = Math.min(steps[0]?.at ?? Infinity, nextLook(due, now))
    if (next > scenario.endsAt) break
    now = next
    await stage.moveTo(now)
  }
  await stage.moveTo(scenario.endsAt)
  await work(stage, { series: true, notifications: true })
  return company
}

/** One look of a worker, to its end. */
async function work(stage: Stage, at: { series: boolean; notifications: boolean }): Promise<void> {
  if (at.series) {
    await rollSeries(stage.deps)
    await extendSeries(stage.deps)
  }
  if (at.notifications) await queueDue(stage.deps)
  while ((await stage.sender.runOnce()).claimed > 0);
}

/** When something of each kind is due next. */
interface DueTimes {
  series: number
  notifications: number
  texts: number
}

const atOnce: DueTimes = { series: -Infinity, notifications: -Infinity, texts: -Infinity }

async function dueTimes({ db, clock }: Stage): Promise<DueTimes> {
  const [row] = await readQuery<Record<keyof DueTimes, Date | null>>(
    db,
    `/* demo.dueTimes */ select (select min(next_look_at) from appointment_series) as series,
       (select min(due_at) from notification where state = 'planned') as notifications,
       (select min(not_before) from message_due where not_before > $1) as texts`,
    [clock.now().toJSDate()],
  )
  const timeOf = (at: Date | null | undefined): number => at?.getTime() ?? Infinity
  return {
    series: timeOf(row?.series),
    notifications: timeOf(row?.notifications),
    texts: timeOf(row?.texts),
  }
}

/** Instants of the database are finer than the clock: the next whole second has them all. */
function nextLook({ series, notifications, texts }: DueTimes, now: number): number {
  const first = Math.min(series, notifications, texts)
  return first === Infinity ? first : Math.max(Math.ceil(first / 1_000) * 1_000, now + 1_000)
}

async function invite({ deps, accountId }: Stage, scenario: Scenario): Promise<Map<string, ContactId>> {
  const contacts = new Map<string, ContactId>()
  for (const { phone, name, zone, consents } of scenario.people.values()) {
    const [firstName, ...rest] = name.split(' ')
    const made = await createContact(deps, accountId, {
      phone,
      firstName: firstName ?? null,
      lastName: rest.join(' '),
      zone,
    })
    if (!made.ok) throw new Error(`a contact was refused: ${made.reason}`)
    contacts.set(phone, trustId<ContactId>(made.contact.id))
    if (!consents) continue
    const grant = {
      phone,
      purposes: ['transactional'],
      level: 'express',
      method: 'verbal',
      actor: 'coach',
    } as const
    const agreed = await grantConsent(deps, accountId, grant)
    if (!agreed.ok) throw new Error(`a consent was refused: ${agreed.reason}`)
  }
  return contacts
}

async function act(stage: Stage, scenario: Scenario, company: Company, event: StoryEvent): Promise<void> {
  const { deps, accountId } = stage
  const caller = { accountId, actor: coach }
  switch (event.kind) {
    case 'book':
      await book(stage, scenario, company, event)
      return
    case 'move': {
      const appointmentId = company.appointments.get(event.ref)
      if (appointmentId !== undefined)
        await rescheduleAppointment(deps, caller, { appointmentId, startsAt: new Date(event.startsAt) })
      return
    }
    case 'cancel': {
      const appointmentId = company.appointments.get(event.ref)
      if (appointmentId !== undefined) await cancelAppointment(deps, caller, { appointmentId })
      return
    }
    case 'stop':
      await stage.door.text(event.party, 'STOP')
      return
    case 'settings':
      throw new Error('nobody changes settings here')
  }
}

async function book(
  { deps, accountId, db }: Stage,
  { entries }: Scenario,
  { contacts, appointments }: Company,
  event: Extract<StoryEvent, { kind: 'book' }>,
): Promise<void> {
  const entry = entries.get(event.ref)
  if (entry === undefined) throw new Error(`${event.ref} is not in the file`)
  const input = {
    startsAt: new Date(event.startsAt),
    durationMinutes: entry.durationMinutes,
    zone: entry.series?.timezone ?? entry.coachTimezone,
    clients: entry.clients.map(({ phone, timezone }) => {
      const contactId = contacts.get(phone)
      if (contactId === undefined) throw new Error('everybody was invited')
      return { contactId, zone: timezone }
    }),
    coach: { zone: entry.coachTimezone },
  }
  const caller = { accountId, actor: coach }
  if (entry.series === undefined) {
    const booked = await bookAppointment(deps, caller, {
      ...input,
      kind: event.isCohort ? 'cohort' : 'individual',
    })
    if (!booked.ok) throw new Error(`${event.ref} was refused: ${booked.reason}`)
    appointments.set(event.ref, booked.appointmentId)
    return
  }
  const booked = await bookSeries(deps, caller, { ...input, rule: entry.series.rule })
  if (!booked.ok) throw new Error(`${event.ref} was refused: ${booked.reason}`)
  const rows = await readQuery<{ id: string; place: number }>(
    db,
    '/* demo.occurrences */ select id, place from appointment where series_id = $1',
    [booked.seriesId],
  )
  for (const { id, place } of rows)
    appointments.set(`${event.ref}#${String(place)}`, trustId<AppointmentId>(id))
}
