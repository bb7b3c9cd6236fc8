import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { AppointmentId } from '../../src/kernel/ids.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import {
  bookSeries,
  queueDue,
  replaceSeries,
  updateAppointment,
} from '../../src/slices/appointments/index.js'
import { partiesOf, reminderPlan } from '../../src/slices/appointments/read-appointments.js'
import {
  aCoach,
  anAppointmentWorld,
  aPractice,
  booked,
  clients,
  NEW_YORK,
  notificationsOf,
  occurrencesOf,
  passTimeUntil,
  type AppointmentWorld,
  type Client,
} from './appointment-world.js'

const LOS_ANGELES = 'America/Los_Angeles'
const CHICAGO = 'America/Chicago'
/** 3:00 PM in New York, 2:00 PM in Chicago, 12:00 PM in Los Angeles. */
const startsAt = new Date('2026-03-06T20:00:00Z')
const REMINDED = '2026-03-06T19:30:00Z'

let world: AppointmentWorld

beforeAll(async () => {
  world = await anAppointmentWorld()
}, 60_000)
beforeEach(() => {
  world.clock.set('2026-03-02T20:00:00Z')
})
afterAll(() => world.drop())

/** The hour that each text of an appointment says, with its context. */
async function hoursTold(appointmentId: AppointmentId, { phone }: Pick<Client, 'phone'>): Promise<string[]> {
  return (await notificationsOf(world, appointmentId))
    .filter((row) => row.phone === phone && row.body !== null)
    .map(({ context, body }) => `${context} ${/\d+:\d\d [AP]M/.exec(body ?? '')?.[0] ?? '-'}`)
}

async function moveHome({ contactId }: Client, zone: string): Promise<void> {
  await readQuery(world.db, `/* test */ update contact set zone = $2, zone_source = 'person' where id = $1`, [
    contactId,
    zone,
  ])
}

test('texts go by the zone of the appointment as it is now where the person has none, also to who joins with the change', async () => {
  const accountId = await aPractice(world)
  const [ana, bo] = await clients(world, accountId, [{ zone: null }, { zone: null }])
  const appointmentId = await booked(world, accountId, {
    ...{ kind: 'cohort', startsAt, clients: [{ contactId: ana!.contactId }] },
  })
  await passTimeUntil(world, '2026-03-02T20:01:00Z')
  await updateAppointment(world.deps, aCoach(accountId), {
    ...{ appointmentId, zone: LOS_ANGELES },
    clients: [{ contactId: ana!.contactId }, { contactId: bo!.contactId }],
  })
  await passTimeUntil(world, REMINDED)

  const reminders = ['reminder_48hr 12:00 PM', 'reminder_24hr 12:00 PM', 'reminder_1hr 12:00 PM']
  expect(await hoursTold(appointmentId, ana!)).toEqual(['scheduled_appointment 3:00 PM', ...reminders])
  expect(await hoursTold(appointmentId, bo!)).toEqual(['scheduled_appointment 12:00 PM', ...reminders])
})

test('a zone that was corrected in the contact is that of the texts, of the plan and of the next occurrences', async () => {
  const accountId = await aPractice(world)
  const [ana] = await clients(world, accountId, [{ zone: NEW_YORK }])
  const appointmentId = await booked(world, accountId, { client: ana!, startsAt })
  const series = await bookSeries(world.deps, aCoach(accountId), {
    ...{ rule: 'FREQ=WEEKLY;COUNT=3', startsAt, durationMinutes: 50, zone: NEW_YORK },
    clients: [{ contactId: ana!.contactId }],
  })
  if (!series.ok) throw new Error(series.reason)
  await moveHome(ana!, LOS_ANGELES)
  await queueDue(world.deps)

  expect(await hoursTold(appointmentId, ana!)).toEqual(['scheduled_appointment 12:00 PM'])
  const [planned] = await reminderPlan(world, accountId, appointmentId)
  expect(planned).toMatchObject({ zone: LOS_ANGELES, dueLocal: '2026-03-02T12:00' })
  const moved = await replaceSeries(world.deps, aCoach(accountId), {
    ...{ seriesId: series.seriesId, startsAt: new Date('2026-03-05T20:00:00Z') },
  })
  if (!moved.ok) throw new Error(moved.reason)
  const [first] = await occurrencesOf(world, moved.seriesId)
  const parties = await partiesOf(world, accountId, [first!.id])
  expect(parties.get(first!.id)?.map(({ zone }) => zone)).toEqual([LOS_ANGELES])
})

test('a zone that was said when it was booked stays, whatever the contact and the appointment say', async () => {
  const accountId = await aPractice(world)
  const [ana] = await clients(world, accountId, [{ zone: NEW_YORK }])
  const appointmentId = await booked(world, accountId, {
    ...{ startsAt, clients: [{ contactId: ana!.contactId, zone: CHICAGO }] },
  })
  await moveHome(ana!, LOS_ANGELES)
  await updateAppointment(world.deps, aCoach(accountId), { appointmentId, zone: LOS_ANGELES })
  await queueDue(world.deps)

  expect(await hoursTold(appointmentId, ana!)).toEqual(['scheduled_appointment 2:00 PM'])
})
