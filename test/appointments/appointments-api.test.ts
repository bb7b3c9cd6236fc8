import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { GraphqlClient } from '../support/graphql-client.js'
import { makeAccount, makeMember } from '../support/people.js'
import { startTestApp, type TestApp } from '../support/test-app.js'

// What the screens read, over HTTP: names, codes, what a change changed, and what would be told.

let server: TestApp
let owner: GraphqlClient
let viewer: GraphqlClient
let contactId: string

beforeAll(async () => {
  server = await startTestApp()
  const account = await makeAccount(server.app)
  owner = server.as(account.owner.token)
  viewer = server.as((await makeMember(server.app, account.accountId, 'viewer')).token)
  const made = await owner.data<{ createContact: { id: string } }>(
    'mutation { createContact(phone: "+12125550142", details: { firstName: "Ana", lastName: "Lee" }) { ... on Contact { id } } }',
  )
  contactId = made.createContact.id
})
afterAll(() => server.stop())

interface Shown {
  appointment: {
    parties: { name: string; code: string | null }[]
    plan: { name: string }[]
    history: { kind: string; movedFrom: string | null; changed: string[]; joined: number; left: number }[]
  }
}

const inDays = (days: number): string =>
  server.app.clock.now().plus({ days }).startOf('hour').toUTC().toISO({ suppressMilliseconds: true })

test('people have names, and the history says what was changed and from when it was moved', async () => {
  const { bookAppointment } = await owner.data<{ bookAppointment: { id: string } }>(
    `mutation ($input: BookAppointmentInput!, $key: IdempotencyKey!) {
       bookAppointment(input: $input, idempotencyKey: $key) { ... on Appointment { id } } }`,
    {
      input: { startsAt: inDays(5), durationMinutes: 50, zone: 'America/New_York', clients: [{ contactId }] },
      key: randomUUID(),
    },
  )
  const { id } = bookAppointment
  await owner.data(
    `mutation ($id: ID!, $at: DateTime!, $one: IdempotencyKey!, $two: IdempotencyKey!) {
       rescheduleAppointment(appointmentId: $id, startsAt: $at, revision: 1, idempotencyKey: $one) { __typename }
       updateAppointment(appointmentId: $id, input: { location: "Main Street" }, revision: 2, idempotencyKey: $two) { __typename } }`,
    { id, at: inDays(6), one: randomUUID(), two: randomUUID() },
  )

  const { appointment } = await viewer.data<Shown>(
    `query ($id: ID!) { appointment(id: $id) { parties { name code } plan { name }
       history { kind movedFrom changed joined left } } }`,
    { id },
  )

  expect(appointment.parties).toEqual([{ name: 'Ana Lee', code: null }])
  expect(new Set(appointment.plan.map(({ name }) => name))).toEqual(new Set(['Ana Lee']))
  const none = { movedFrom: null, changed: [], joined: 0, left: 0 }
  expect(appointment.history).toEqual([
    { ...none, kind: 'changed', changed: ['location'] },
    { ...none, kind: 'moved', movedFrom: expect.stringContaining(inDays(5).slice(0, 16)) },
    { ...none, kind: 'booked' },
  ])
})

test('a viewer may ask who would be told what, and is refused in words what could not be booked', async () => {
  const ask = (startsAt: string) =>
    viewer.data<{ forecastNotifications: { told?: { name: string; context: string }[]; reason?: string } }>(
      `query ($input: ForecastNotificationsInput!) { forecastNotifications(input: $input) {
         ... on NotificationForecast { told { name context } } ... on Refused { reason remedy } } }`,
      {
        input: {
          ...{ occasion: 'BOOKED', kind: 'INDIVIDUAL', startsAt, zone: 'America/New_York' },
          clients: [{ contactId }],
        },
      },
    )

  const { forecastNotifications } = await ask(inDays(5))
  expect(forecastNotifications.told).toContainEqual({ name: 'Ana Lee', context: 'REMINDER_24HR' })
  expect((await ask(inDays(-1))).forecastNotifications).toMatchObject({ reason: 'in-the-past' })
})
