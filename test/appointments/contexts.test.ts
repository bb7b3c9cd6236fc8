import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { contexts } from '../../src/slices/appointments/contexts/index.js'
import { appointmentTransitions } from '../../src/slices/appointments/domain/appointment-state.js'
import { appointmentText, templateProblem } from '../../src/slices/appointments/domain/appointment-text.js'
import {
  contextKeys,
  languages,
  type NotificationContext,
} from '../../src/slices/appointments/domain/notification-context.js'
import { notificationTransitions } from '../../src/slices/appointments/domain/notification-state.js'
import { bookAppointment, closeAppointment, queueDue } from '../../src/slices/appointments/index.js'
import { measureSegments } from '../../src/slices/carrier/index.js'
import { transitionRows } from '../../src/kernel/transitions.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import {
  aCoach,
  anAppointmentWorld,
  aPractice,
  clients,
  NEW_YORK,
  notificationsOf,
  type AppointmentWorld,
} from './appointment-world.js'

let world: AppointmentWorld

beforeAll(async () => {
  world = await anAppointmentWorld()
}, 60_000)
afterAll(() => world.drop())

describe.each(contextKeys)('%s', (key) => {
  const context = contexts[key]

  test.each(languages)(
    'has words in %s that can be used, that name the time and fit one segment',
    (language) => {
      const template = context.templates[language]
      expect(templateProblem(template)).toBeNull()
      const client = { role: 'client' as const, firstName: 'Ana', lastName: 'Lee', zone: NEW_YORK }
      const text = appointmentText(template, {
        ...{ startsAt: new Date('2026-03-06T17:00:00Z'), durationMinutes: 50, title: null, location: null },
        ...{ recipient: client, parties: [client], language, code: null },
      })
      expect(text).toMatchObject({ ok: true })
      const body = text.ok ? text.body : ''
      expect(body).toContain(language === 'en' ? 'Fri, Mar 6 at 12:00 PM' : '6 de marzo a las 12:00')
      expect(measureSegments(body)).toMatchObject({ encoding: 'GSM-7', segments: 1 })
    },
  )

  test('is for somebody, of some use, and due at some time', () => {
    expect(context.roles.length).toBeGreaterThan(0)
    expect(context.kinds.length).toBeGreaterThan(0)
    expect(context.useful.minutes).toBeGreaterThan(0)
    expect('on' in context.due ? context.due.on.length : 1).toBeGreaterThan(0)
  })
})

test('a context that is only data goes all the way to a text: nothing else knows the keys', async () => {
  const thanks: NotificationContext = {
    what: 'Thanks for coming',
    due: { on: ['completed'] },
    kinds: ['individual'],
    roles: ['client'],
    useful: { minutes: 120, afterBeginning: true },
    templates: { en: 'Thank you, {{first_name|you}}.', es: 'Gracias, {{first_name|}}.' },
  }
  const deps = { ...world.deps, contexts: { ...contexts, thanks_for_coming: thanks } }
  const accountId = await aPractice(world)
  const [client] = await clients(world, accountId, [{ language: 'es' }])
  const booked = await bookAppointment(deps, aCoach(accountId), {
    ...{
      kind: 'individual',
      startsAt: new Date('2026-03-02T17:00:00Z'),
      durationMinutes: 50,
      zone: NEW_YORK,
    },
    clients: [{ contactId: client!.contactId }],
  })
  if (!booked.ok) throw new Error(booked.reason)
  world.clock.set('2026-03-02T18:00:00Z')
  await closeAppointment(deps, aCoach(accountId), { appointmentId: booked.appointmentId, as: 'completed' })
  await queueDue(deps)

  const told = (await notificationsOf(world, booked.appointmentId)).filter(({ state }) => state === 'queued')
  expect(told.map(({ context, body }) => [context, body])).toEqual([['thanks_for_coming', 'Gracias, Ana.']])
})

test.each([
  ['appointment_transition', transitionRows(appointmentTransitions)],
  ['notification_transition', transitionRows(notificationTransitions)],
])('the database has the rows of %s, and no other', async (table, rows) => {
  const stored = await readQuery<{ from: string; to: string }>(
    world.db,
    `/* test */ select from_state as from, to_state as to from ${table} order by 1, 2`,
  )
  expect(stored).toEqual(
    rows.sort((one, two) => `${one.from}${one.to}`.localeCompare(`${two.from}${two.to}`)),
  )
})
