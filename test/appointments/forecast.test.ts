import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { AccountId } from '../../src/kernel/ids.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { forecastNotifications } from '../../src/slices/appointments/index.js'
import {
  aCoach,
  anAppointmentWorld,
  aPractice,
  booked,
  clients,
  minute,
  NEW_YORK,
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

const FRIDAY_NOON = new Date('2026-03-06T17:00:00Z')

async function forecast(
  accountId: AccountId,
  input: Partial<Parameters<typeof forecastNotifications>[2]>,
): Promise<string[]> {
  const result = await forecastNotifications(world.deps, aCoach(accountId), {
    ...{ kind: 'individual', startsAt: FRIDAY_NOON, zone: NEW_YORK, occasion: 'booked', clients: [] },
    ...input,
  })
  if (!result.ok) return [result.reason]
  return result.told.map(
    ({ context, reason, dueAt }) =>
      `${context} ${reason === null ? 'planned' : `skipped:${reason}`} ${minute(dueAt)}`,
  )
}

test.each([
  ['in a week with quiet hours nowhere near', FRIDAY_NOON, NEW_YORK],
  ['so soon that offsets have passed', new Date('2026-03-03T16:00:00Z'), NEW_YORK],
  ['at the other end of the world, at night there', new Date('2026-03-07T01:30:00Z'), 'Asia/Kathmandu'],
])('what is foretold is what a booking then plans: %s', async (_when, startsAt, zone) => {
  const accountId = await aPractice(world)
  const [client] = await clients(world, accountId, [{ zone }])

  const foretold = await forecast(accountId, { startsAt, clients: [client!] })
  expect(foretold).toEqual(await planOf(world, await booked(world, accountId, { client: client!, startsAt })))
})

test('calling off reminds nobody, and a change that is no news tells nobody at once', async () => {
  const accountId = await aPractice(world)
  const [client] = await clients(world, accountId, [{}])

  expect(await forecast(accountId, { occasion: 'called_off', clients: [client!] })).toEqual([
    'cancellation planned 2026-03-02T15:00',
  ])
  expect(await forecast(accountId, { occasion: null, offsets: [60], clients: [client!] })).toEqual([
    'reminder_1hr planned 2026-03-06T16:00',
  ])
})

test('a forecast is on the clock of each person, and writes nothing', async () => {
  const accountId = await aPractice(world)
  const [client] = await clients(world, accountId, [{ zone: 'America/Los_Angeles', firstName: 'Ana' }])
  const result = await forecastNotifications(world.deps, aCoach(accountId), {
    ...{ kind: 'individual', startsAt: FRIDAY_NOON, zone: NEW_YORK, occasion: 'booked', offsets: [60] },
    ...{ clients: [client!], coach: { zone: NEW_YORK } },
  })

  const reminder = result.ok ? result.told.find(({ offsetMinutes }) => offsetMinutes === 60) : undefined
  expect(reminder).toMatchObject({ name: 'Ana', dueLocal: '2026-03-06T08:00', zone: 'America/Los_Angeles' })
  const [written] = await readQuery<{ n: string }>(
    world.db,
    '/* test */ select count(*) as n from notification where account_id = $1',
    [accountId],
  )
  expect(written?.n).toBe('0')
})

test('what could not be booked is refused in the same words, and nobody of another account is named', async () => {
  const accountId = await aPractice(world)
  const [stranger] = await clients(world, await aPractice(world), [{}])
  const [client] = await clients(world, accountId, [{}])

  expect(await forecast(accountId, { clients: [stranger!] })).toEqual(['contact-not-found'])
  expect(await forecast(accountId, {})).toEqual(['nobody-invited'])
  expect(await forecast(accountId, { clients: [client!], zone: 'EST' })).toEqual(['zone-unknown'])
  expect(await forecast(accountId, { clients: [client!], offsets: [1] })).toEqual(['offsets-unusable'])
  const yesterday = new Date('2026-03-01T15:00:00Z')
  expect(await forecast(accountId, { clients: [client!], startsAt: yesterday })).toEqual(['in-the-past'])
})
