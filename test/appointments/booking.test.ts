import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { inTransaction, readQuery } from '../../src/platform/db/transaction.js'
import {
  bookAppointment,
  bookSeries,
  cancelAppointment,
  cancelSeries,
  changeSettings,
  closeAppointment,
  confirmByReply,
  queueDue,
  replaceSeries,
  rescheduleAppointment,
  updateAppointment,
  voidForPhones,
} from '../../src/slices/appointments/index.js'
import { appointmentHistory, partiesOf } from '../../src/slices/appointments/read-appointments.js'
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
  planOf,
  type AppointmentWorld,
} from './appointment-world.js'

let world: AppointmentWorld

beforeAll(async () => {
  world = await anAppointmentWorld()
}, 60_000)
beforeEach(() => {
  world.clock.set('2026-03-02T15:00:00Z')
})
afterAll(() => world.drop())

test('a booking writes its confirmation and reminders, and queues nothing', async () => {
  const accountId = await aPractice(world)
  const id = await booked(world, accountId)

  expect(await planOf(world, id)).toEqual([
    'scheduled_appointment planned 2026-03-02T15:00',
    'reminder_48hr planned 2026-03-04T17:00',
    'reminder_24hr planned 2026-03-05T17:00',
    'reminder_1hr planned 2026-03-06T16:00',
  ])
})

test('a booking needs no credits, no consent and no permission to send', async () => {
  const accountId = await aPractice(world, 0)
  await readQuery(
    world.db,
    `/* test */ update account_control set subscription_state = 'unpaid', sending_stopped_reason = 'why' where account_id = $1`,
    [accountId],
  )
  const [client] = await clients(world, accountId, [{ consents: false }])

  expect(await planOf(world, await booked(world, accountId, { client: client! }))).toHaveLength(4)
})

test('offsets that have passed when it is booked are skipped, and say so', async () => {
  const accountId = await aPractice(world)
  const id = await booked(world, accountId, { startsAt: new Date('2026-03-03T16:00:00Z') })

  expect(await planOf(world, id)).toEqual([
    'reminder_48hr skipped:offset_passed 2026-03-01T16:00',
    'scheduled_appointment planned 2026-03-02T15:00',
    'reminder_24hr planned 2026-03-02T16:00',
    'reminder_1hr planned 2026-03-03T15:00',
  ])
})

test('a reminder that quiet hours had moved earlier is not sent again when the hours turn out to be wider', async () => {
  const accountId = await aPractice(world)
  // A number of Los Angeles: until its zone is known, both its hours and those of the appointment are kept.
  const [client] = await clients(world, accountId, [{ phone: '+13105550123', zone: null }])
  const appointmentId = await booked(world, accountId, {
    client: client!,
    startsAt: new Date('2026-03-06T15:00:00Z'),
    offsets: [60],
  })
  const reminders = async () =>
    (await planOf(world, appointmentId)).filter((row) => row.startsWith('reminder'))
  await passTimeUntil(world, '2026-03-06T13:30:00Z')
  expect(await reminders()).toEqual([expect.stringMatching(/^reminder_1hr queued 2026-03-06T0/)])

  await readQuery(world.db, `/* test */ update contact set zone = $2, zone_source = 'person' where id = $1`, [
    client!.contactId,
    NEW_YORK,
  ])
  await updateAppointment(world.deps, aCoach(accountId), { appointmentId, location: 'Room 2' })
  expect((await reminders()).slice(1)).toEqual(['reminder_1hr skipped:tried_before 2026-03-06T14:00'])
})

test('quiet hours move a reminder earlier, a confirmation later, and never past the beginning', async () => {
  const accountId = await aPractice(world)
  const [client] = await clients(world, accountId, [{ zone: 'Asia/Kathmandu' }])
  // 20:45 in Kathmandu now; it begins there at 07:15 on Saturday.
  const id = await booked(world, accountId, { client: client!, startsAt: new Date('2026-03-07T01:30:00Z') })
  world.clock.set('2026-03-02T20:00:00Z')
  const late = await booked(world, accountId, { client: client!, startsAt: new Date('2026-03-03T01:30:00Z') })

  expect(await planOf(world, id)).toEqual([
    'scheduled_appointment planned 2026-03-02T15:00',
    'reminder_48hr planned 2026-03-04T16:05',
    'reminder_24hr planned 2026-03-05T16:05',
    'reminder_1hr planned 2026-03-06T16:05',
  ])
  expect(await planOf(world, late)).toEqual([
    'reminder_48hr skipped:offset_passed 2026-03-01T01:30',
    'reminder_24hr skipped:offset_passed 2026-03-02T01:30',
    'scheduled_appointment skipped:quiet_hours 2026-03-02T20:00',
    'reminder_1hr skipped:quiet_hours 2026-03-03T00:30',
  ])
})

test('moving it takes the old plan back, texts that wait among it, and tells the new time', async () => {
  const accountId = await aPractice(world)
  const appointmentId = await booked(world, accountId)
  await queueDue(world.deps)
  expect(
    await rescheduleAppointment(world.deps, aCoach(accountId), {
      appointmentId,
      startsAt: new Date('2026-03-05T18:00:00Z'),
    }),
  ).toEqual({ ok: true, appointmentId })

  const rows = await notificationsOf(world, appointmentId)
  expect(
    rows.filter(({ revision }) => revision === 1).map(({ state, reason }) => `${state} ${reason!}`),
  ).toEqual(Array.from({ length: 4 }, () => 'voided rescheduled'))
  expect(rows.find(({ messageId }) => messageId !== null)).toMatchObject({
    context: 'scheduled_appointment',
    messageState: 'cancelled',
  })
  expect((await planOf(world, appointmentId)).slice(4)).toEqual([
    'rescheduled_appointment planned 2026-03-02T15:00',
    'reminder_48hr planned 2026-03-03T18:00',
    'reminder_24hr planned 2026-03-04T18:00',
    'reminder_1hr planned 2026-03-05T17:00',
  ])
})

test('a cancellation is told before the beginning and to nobody after it', async () => {
  const accountId = await aPractice(world)
  const [soon, over] = [await booked(world, accountId), await booked(world, accountId)]
  await cancelAppointment(world.deps, aCoach(accountId), { appointmentId: soon })
  world.clock.set('2026-03-06T17:00:00Z')
  await cancelAppointment(world.deps, aCoach(accountId), { appointmentId: over })

  expect((await planOf(world, soon)).filter((row) => !row.includes('voided'))).toEqual([
    'cancellation planned 2026-03-02T15:00',
  ])
  expect((await planOf(world, over)).filter((row) => !row.includes('voided'))).toEqual([])
})

test('new words for an appointment do not lose a reminder that was due and had not left', async () => {
  const accountId = await aPractice(world)
  const appointmentId = await booked(world, accountId)
  world.clock.set('2026-03-05T17:00:00Z')
  await queueDue(world.deps)
  world.clock.set('2026-03-05T17:05:00Z')
  await updateAppointment(world.deps, aCoach(accountId), { appointmentId, title: 'Voice lesson' })
  await queueDue(world.deps)

  const rows = await notificationsOf(world, appointmentId)
  expect(
    rows
      .filter(({ state }) => state === 'queued')
      .map(({ context, revision, body }) => [context, revision, body]),
  ).toEqual([
    ['reminder_24hr', 2, 'Hi Ana, a reminder of your appointment (Voice lesson) on Fri, Mar 6 at 12:00 PM.'],
  ])
  expect(rows.filter(({ state }) => state === 'planned').map(({ context }) => context)).toEqual([
    'reminder_1hr',
  ])
})

test('a worker that was down for a day sends no stale reminder', async () => {
  const accountId = await aPractice(world)
  const id = await booked(world, accountId)
  await queueDue(world.deps)
  world.clock.set('2026-03-05T18:00:00Z')
  expect(await queueDue(world.deps)).toEqual({ queued: 1, skipped: 1 })

  expect(await planOf(world, id)).toEqual([
    'scheduled_appointment queued 2026-03-02T15:00',
    'reminder_48hr skipped:too_late 2026-03-04T17:00',
    'reminder_24hr queued 2026-03-05T17:00',
    'reminder_1hr planned 2026-03-06T16:00',
  ])
})

test('coach and client each read their own time, and the zone where their clocks differ', async () => {
  const accountId = await aPractice(world)
  const [client, coach] = await clients(world, accountId, [
    { firstName: 'Ana', zone: 'Asia/Kathmandu' },
    { firstName: 'Sam', zone: NEW_YORK },
  ])
  const id = await booked(world, accountId, {
    clients: [{ contactId: client!.contactId }],
    coach: { contactId: coach!.contactId },
    startsAt: new Date('2026-03-06T14:30:00Z'),
  })
  await queueDue(world.deps)

  expect((await notificationsOf(world, id)).flatMap(({ body }) => body ?? []).sort()).toEqual([
    'Hi Ana, your appointment with Sam is booked for Fri, Mar 6 at 8:15 PM GMT+5:45.',
    'Hi Sam, your appointment with Ana is booked for Fri, Mar 6 at 9:30 AM EST.',
  ])
})

test('a series confirms once, reminds of its next appointment only, and keeps its hour across the clock change', async () => {
  const accountId = await aPractice(world)
  const [client] = await clients(world, accountId, [{}])
  const result = await bookSeries(world.deps, aCoach(accountId), {
    rule: 'FREQ=WEEKLY;COUNT=3',
    startsAt: new Date('2026-03-05T14:00:00Z'),
    durationMinutes: 50,
    zone: NEW_YORK,
    clients: [{ contactId: client!.contactId }],
  })
  if (!result.ok) throw new Error(result.reason)
  const all = await occurrencesOf(world, result.seriesId)
  expect(all.map(({ startsAt }) => startsAt.toISOString().slice(0, 16))).toEqual([
    '2026-03-05T14:00',
    '2026-03-12T13:00',
    '2026-03-19T13:00',
  ])
  expect(await planOf(world, all[1]!.id)).toEqual([])
  await passTimeUntil(world, '2026-03-30T00:00:00Z')

  const queued = await Promise.all(
    all.map(async ({ id }) => (await planOf(world, id)).filter((row) => row.includes('queued'))),
  )
  expect(queued.map((rows) => rows.map((row) => row.split(' ')[0]))).toEqual([
    ['scheduled_appointment', 'reminder_48hr', 'reminder_24hr', 'reminder_1hr'],
    ['reminder_48hr', 'reminder_24hr', 'reminder_1hr'],
    ['reminder_48hr', 'reminder_24hr', 'reminder_1hr'],
  ])
})

test('a series that is cancelled or moved as a whole says so once', async () => {
  const accountId = await aPractice(world)
  const [client] = await clients(world, accountId, [{}])
  const book = () =>
    bookSeries(world.deps, aCoach(accountId), {
      ...{
        rule: 'FREQ=DAILY',
        startsAt: new Date('2026-03-05T15:00:00Z'),
        durationMinutes: 50,
        zone: NEW_YORK,
      },
      clients: [{ contactId: client!.contactId }],
    })
  const [first, second] = [await book(), await book()]
  if (!first.ok || !second.ok) throw new Error('refused')
  await cancelSeries(world.deps, aCoach(accountId), { seriesId: first.seriesId })
  const moved = await replaceSeries(world.deps, aCoach(accountId), {
    seriesId: second.seriesId,
    startsAt: new Date('2026-03-05T20:00:00Z'),
  })
  if (!moved.ok) throw new Error(moved.reason)

  const standing = async (seriesId: string): Promise<string[]> => {
    const plans = await Promise.all((await occurrencesOf(world, seriesId)).map(({ id }) => planOf(world, id)))
    return plans
      .flat()
      .filter((row) => row.includes('planned'))
      .map((row) => row.split(' ')[0]!)
  }
  expect(await standing(first.seriesId)).toEqual(['cancellation'])
  expect(await standing(second.seriesId)).toEqual([])
  expect(await standing(moved.seriesId)).toEqual([
    'rescheduled_appointment',
    'reminder_48hr',
    'reminder_24hr',
    'reminder_1hr',
  ])
})

test('a series cancelled at night says so through the first occurrence that somebody can hear of in time', async () => {
  const accountId = await aPractice(world)
  const [client] = await clients(world, accountId, [{}])
  // At 07:45, before anybody may be texted.
  const series = await bookSeries(world.deps, aCoach(accountId), {
    rule: 'FREQ=WEEKLY',
    startsAt: new Date('2026-03-03T12:45:00Z'),
    durationMinutes: 50,
    zone: NEW_YORK,
    clients: [{ contactId: client!.contactId }],
  })
  if (!series.ok) throw new Error(series.reason)
  // 22:30 of the evening before.
  await passTimeUntil(world, '2026-03-03T03:30:00Z')
  await cancelSeries(world.deps, aCoach(accountId), { seriesId: series.seriesId })

  const plans = await Promise.all(
    (await occurrencesOf(world, series.seriesId)).map(({ id }) => planOf(world, id)),
  )
  expect(plans.map((rows) => rows.filter((row) => row.startsWith('cancellation'))).slice(0, 3)).toEqual([
    ['cancellation skipped:quiet_hours 2026-03-03T03:30'],
    [expect.stringMatching(/^cancellation planned 2026-03-03T1/)],
    [],
  ])
})

test('members who join or leave a group are told so, and the others of a new place', async () => {
  const accountId = await aPractice(world)
  const [ana, bo, cy] = await clients(world, accountId, [
    { firstName: 'Ana' },
    { firstName: 'Bo' },
    { firstName: 'Cy' },
  ])
  const appointmentId = await booked(world, accountId, {
    kind: 'cohort',
    clients: [ana!, bo!].map(({ contactId }) => ({ contactId })),
  })
  await queueDue(world.deps)
  await readQuery(
    world.db,
    `/* test */ update message set state = 'expired', state_reason = 'test' where account_id = $1`,
    [accountId],
  )
  await updateAppointment(world.deps, aCoach(accountId), {
    appointmentId,
    location: 'Room 2',
    clients: [ana!, cy!].map(({ contactId }) => ({ contactId })),
  })
  await queueDue(world.deps)

  const told = (await notificationsOf(world, appointmentId)).filter(
    ({ revision, state }) => revision === 2 && state === 'queued',
  )
  expect(told.map(({ context, phone }) => [context, phone])).toEqual(
    expect.arrayContaining([
      ['cohort_update', ana!.phone],
      ['scheduled_appointment', cy!.phone],
      ['cancellation', bo!.phone],
    ]),
  )
  expect(told).toHaveLength(3)
})

test('a member who leaves a group before any text to them was out never hears of it', async () => {
  const accountId = await aPractice(world)
  const [ana, bo] = await clients(world, accountId, [{ firstName: 'Ana' }, { firstName: 'Bo' }])
  const appointmentId = await booked(world, accountId, {
    kind: 'cohort',
    clients: [ana!, bo!].map(({ contactId }) => ({ contactId })),
  })
  // The texts wait at the gate; then the time changes, too. Nothing has left.
  await queueDue(world.deps)
  const startsAt = new Date('2026-03-06T18:00:00Z')
  await rescheduleAppointment(world.deps, aCoach(accountId), { appointmentId, startsAt })
  await updateAppointment(world.deps, aCoach(accountId), {
    appointmentId,
    clients: [{ contactId: ana!.contactId }],
  })

  const rows = await notificationsOf(world, appointmentId)
  expect(rows.filter(({ phone, state }) => phone === bo!.phone && state !== 'voided')).toEqual([])
  expect(
    rows
      .filter(({ phone, state }) => phone === ana!.phone && state === 'planned')
      .map(({ context }) => context),
  ).toEqual(['cohort_update', 'reminder_48hr', 'reminder_24hr', 'reminder_1hr'])
})

test('a STOP takes back what was planned for that number, and nothing else', async () => {
  const accountId = await aPractice(world)
  const [ana, bo] = await clients(world, accountId, [{}, {}])
  const appointmentId = await booked(world, accountId, {
    kind: 'cohort',
    clients: [ana!, bo!].map(({ contactId }) => ({ contactId })),
  })
  await inTransaction(world.db, { name: 'test.stop', accountId }, (tx) =>
    voidForPhones(tx, accountId, [ana!.phone], world.clock.now().toJSDate()),
  )

  const rows = await notificationsOf(world, appointmentId)
  expect(new Set(rows.map(({ phone, state }) => `${phone!} ${state}`))).toEqual(
    new Set([`${ana!.phone} voided`, `${bo!.phone} planned`]),
  )
})

test('a code in a reminder confirms that appointment, once; a plain yes confirms neither of two', async () => {
  const accountId = await aPractice(world)
  await changeSettings(world.deps, aCoach(accountId), { asksConfirmation: true })
  const [client] = await clients(world, accountId, [{}])
  const one = await booked(world, accountId, { client: client! })
  const two = await booked(world, accountId, { client: client!, startsAt: new Date('2026-03-06T18:00:00Z') })
  world.clock.set('2026-03-04T18:00:00Z')
  await queueDue(world.deps)
  const bodies = [...(await notificationsOf(world, one)), ...(await notificationsOf(world, two))].flatMap(
    ({ body }) => body ?? [],
  )
  const confirm = (code: number | null, phone = client!.phone) =>
    inTransaction(world.db, { name: 'test.confirm', accountId }, (tx) =>
      confirmByReply(tx, accountId, { phone, code, inboundId: 'text', at: world.clock.now().toJSDate() }),
    )

  expect(bodies.map((body) => /Reply (C\d)/.exec(body)?.[1])).toEqual(['C1', 'C2'])
  expect([
    await confirm(2),
    await confirm(2),
    await confirm(3),
    await confirm(1, '+12125550000'),
    // A yes without a code could mean either of the two.
    await confirm(null),
  ]).toEqual([true, true, false, false, false])
  const confirmed = await readQuery(
    world.db,
    '/* test */ select appointment_id from appointment_event where account_id = $1 and kind = $2',
    [accountId, 'confirmed'],
  )
  expect(confirmed).toEqual([{ appointment_id: two }])
})

test('a move asks whoever had confirmed again, and the same code confirms the new time', async () => {
  const accountId = await aPractice(world)
  await changeSettings(world.deps, aCoach(accountId), { asksConfirmation: true })
  const [client] = await clients(world, accountId, [{}])
  const appointmentId = await booked(world, accountId, { client: client! })
  const confirm = () =>
    inTransaction(world.db, { name: 'test.confirm', accountId }, (tx) =>
      confirmByReply(tx, accountId, {
        ...{ phone: client!.phone, code: 1, inboundId: 'text', at: world.clock.now().toJSDate() },
      }),
    )
  const confirmedAt = async () =>
    (await partiesOf(world, accountId, [appointmentId])).get(appointmentId)?.[0]?.confirmedAt ?? null
  world.clock.set('2026-03-04T18:00:00Z')
  await queueDue(world.deps)
  expect(await confirm()).toBe(true)
  expect(await confirmedAt()).not.toBeNull()

  await rescheduleAppointment(world.deps, aCoach(accountId), {
    appointmentId,
    startsAt: new Date('2026-03-09T17:00:00Z'),
  })
  expect(await confirmedAt()).toBeNull()
  await passTimeUntil(world, '2026-03-08T17:00:00Z')
  expect(await confirm()).toBe(true)
  expect(await confirmedAt()).toEqual(new Date('2026-03-08T17:00:00Z'))
  const history = await appointmentHistory(world, accountId, appointmentId)
  expect(history.map(({ kind }) => kind)).toEqual(['confirmed', 'moved', 'confirmed', 'booked'])
})

test('a missed appointment that is moved takes no code that another has by now', async () => {
  const accountId = await aPractice(world)
  await changeSettings(world.deps, aCoach(accountId), { asksConfirmation: true })
  const [client] = await clients(world, accountId, [{}])
  const missed = await booked(world, accountId, {
    client: client!,
    startsAt: new Date('2026-03-04T18:00:00Z'),
  })
  const other = await booked(world, accountId, {
    client: client!,
    startsAt: new Date('2026-03-07T18:00:00Z'),
  })
  await passTimeUntil(world, '2026-03-05T20:00:00Z')
  await rescheduleAppointment(world.deps, aCoach(accountId), {
    appointmentId: missed,
    startsAt: new Date('2026-03-08T18:00:00Z'),
  })
  await passTimeUntil(world, '2026-03-07T17:00:00Z')

  const codeOf = async (id: typeof missed) =>
    (await notificationsOf(world, id)).flatMap(({ body }) => /Reply (C\d)/.exec(body ?? '')?.[1] ?? []).at(-1)
  expect([await codeOf(other), await codeOf(missed)]).toEqual(['C1', 'C2'])
})

test('whoever did not come may be told that they were missed, and only after the beginning', async () => {
  const accountId = await aPractice(world)
  const appointmentId = await booked(world, accountId)
  const close = () => closeAppointment(world.deps, aCoach(accountId), { appointmentId, as: 'no_show' })
  expect(await close()).toEqual({ ok: false, reason: 'not-begun' })
  world.clock.set('2026-03-06T18:00:00Z')

  expect(await close()).toEqual({ ok: true, appointmentId })
  expect((await planOf(world, appointmentId)).filter((row) => row.includes('planned'))).toEqual([
    'no_show_follow_up planned 2026-03-06T18:00',
  ])
})

test('a repeat under the same key is one booking; other input under it is refused', async () => {
  const accountId = await aPractice(world)
  const [client] = await clients(world, accountId, [{}])
  const book = (durationMinutes: number) =>
    bookAppointment(world.deps, aCoach(accountId), {
      ...{ kind: 'individual', startsAt: new Date('2026-03-06T17:00:00Z'), durationMinutes, zone: NEW_YORK },
      ...{ clients: [{ contactId: client!.contactId }], idempotencyKey: 'book-1' },
    })
  const first = await book(50)

  expect(first.ok).toBe(true)
  expect(await book(50)).toEqual(first)
  expect(await book(60)).toEqual({ ok: false, reason: 'idempotency-key-reused' })
})

test('what another account has is not there', async () => {
  const [mine, other] = [await aPractice(world), await aPractice(world)]
  const appointmentId = await booked(world, mine)
  const [client] = await clients(world, mine, [{}])
  const stranger = aCoach(other)
  const startsAt = new Date('2026-03-05T17:00:00Z')

  expect([
    await rescheduleAppointment(world.deps, stranger, { appointmentId, startsAt }),
    await cancelAppointment(world.deps, stranger, { appointmentId }),
    await updateAppointment(world.deps, stranger, { appointmentId, title: 'Mine' }),
    await closeAppointment(world.deps, stranger, { appointmentId, as: 'completed' }),
  ]).toEqual(Array.from({ length: 4 }, () => ({ ok: false, reason: 'not-found' })))
  expect(
    await bookAppointment(world.deps, stranger, {
      ...{ kind: 'individual', startsAt, durationMinutes: 50, zone: NEW_YORK },
      clients: [{ contactId: client!.contactId }],
    }),
  ).toEqual({ ok: false, reason: 'contact-not-found' })
})
