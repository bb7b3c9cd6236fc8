import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { consentDeps, contactDeps } from '../../src/app/slice-deps.js'
import type { AccountId } from '../../src/kernel/ids.js'
import { grantConsent, type Purpose } from '../../src/slices/contacts/index.js'
import { updateInboxSettings } from '../../src/slices/inbox/index.js'
import {
  anAppointmentWorld,
  booked,
  clients,
  notificationsOf,
  type AppointmentWorld,
} from '../appointments/appointment-world.js'
import {
  aSendingAccount,
  messagesNow,
  someMessages,
  somePhones,
  theyAgree,
} from '../support/builders/messages.js'
import { importFile, marketingAttestation, rows, takeBack, type ContactsRig } from './support.js'

// Imports through the program's own wiring: what a file revokes must end what waits, in the chunk's transaction.

let world: AppointmentWorld
let rig: ContactsRig
let accountId: AccountId

beforeAll(async () => {
  world = await anAppointmentWorld()
  const deps = contactDeps(world)
  rig = { ...deps, clock: world.clock, database: world, limits: { ...deps.limits, chunkRows: 100 } }
})
afterAll(() => world.drop())
beforeEach(async () => {
  accountId = await aSendingAccount(world.db, 100)
})

async function statesOf(ids: readonly string[]): Promise<string[]> {
  return (await messagesNow(world.db, ids)).map(({ state, reason }) => `${state} ${reason ?? '-'}`)
}

function fileOf(lines: readonly string[], heading = 'phone,sms consent'): string {
  return `${[heading, ...lines].join('\n')}\n`
}

test('a no in a file ends what waits for its number in every campaign and alone, and what is planned; others stay', async () => {
  const [gone, stays] = await clients(world, accountId, [{}, {}])
  const phones = [gone!.phone, stays!.phone]
  await theyAgree(world.db, accountId, phones)
  const first = await someMessages(world.db, accountId, phones)
  const second = await someMessages(world.db, accountId, phones)
  const alone = await someMessages(world.db, accountId, phones, {
    campaignId: null,
    purpose: 'transactional',
  })
  const appointmentId = await booked(world, accountId, {
    kind: 'cohort',
    clients: [gone!, stays!].map(({ contactId }) => ({ contactId })),
  })

  await importFile(rig, accountId, fileOf([`${gone!.phone},no`, `${stays!.phone},yes`]))

  const ended = 'suppressed consent_revoked'
  for (const ids of [first, second, alone]) expect(await statesOf(ids)).toEqual([ended, 'pending -'])
  const planned = await notificationsOf(world, appointmentId)
  expect(new Set(planned.map(({ phone, state }) => `${phone!} ${state}`))).toEqual(
    new Set([`${gone!.phone} voided`, `${stays!.phone} planned`]),
  )
  const told = await rows<{ n: number }>(
    rig,
    `select cardinality(message_ids) as n from account_event where account_id = $1 and topic = 'messages' and payload ->> 'kind' = 'refused'`,
    [accountId],
  )
  expect(told).toEqual([{ n: 3 }])
})

test('a no to marketing alone leaves the appointment texts of the number waiting', async () => {
  const phones = somePhones(1)
  await theyAgree(world.db, accountId, phones)
  await theyAgree(world.db, accountId, phones, 'transactional')
  const marketing = await someMessages(world.db, accountId, phones)
  const transactional = await someMessages(world.db, accountId, phones, {
    campaignId: null,
    purpose: 'transactional',
  })

  await importFile(rig, accountId, fileOf([`${phones[0]!},no`], 'phone,marketing consent'))

  expect(await statesOf([...marketing, ...transactional])).toEqual([
    'suppressed consent_revoked',
    'pending -',
  ])
})

test('a no in a file withdraws the requests to opt in that wait for its numbers, and no others', async () => {
  const phones = somePhones(3)
  await updateInboxSettings(world, accountId, { doubleOptIn: true, actor: 'user:test' })
  for (const phone of phones)
    await grantConsent({ ...world, ...consentDeps(world) }, accountId, {
      phone,
      purposes: ['marketing'],
      level: 'express',
      method: 'api',
      actor: 'user:test',
    })

  await importFile(rig, accountId, fileOf([`${phones[0]!},no`, `${phones[1]!},no`, `${phones[2]!},yes`]))

  const requests = await rows<{ state: string }>(
    rig,
    `select state from opt_in_request where account_id = $1 order by array_position($2::text[], phone)`,
    [accountId, phones],
  )
  expect(requests.map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn', 'waiting'])
})

test('taking an import back ends what waits on the strength of the consent it had granted, chunk by chunk', async () => {
  const [ours, before] = [somePhones(250), somePhones(1)]
  await theyAgree(world.db, accountId, before)
  const imported = await importFile(
    rig,
    accountId,
    fileOf([...ours, ...before].map((phone) => `${phone},yes`)),
    {
      attestation: marketingAttestation,
    },
  )
  const ids = await someMessages(world.db, accountId, [...ours, ...before])

  world.clock.advance({ minutes: 1 })
  await takeBack(rig, accountId, imported.id)

  const states = await statesOf(ids)
  expect(new Set(states.slice(0, 250))).toEqual(new Set(['suppressed consent_revoked']))
  expect(states[250]).toBe('pending -')
})

test('a file that lets people be reminded again plans again what the undo of an earlier one took back', async () => {
  const invited = await clients(world, accountId, [{ consents: false }, { consents: false }])
  const [again, not] = invited
  const attested = {
    attestation: { ...marketingAttestation, purposes: ['marketing', 'transactional'] as Purpose[] },
  }
  const imported = await importFile(
    rig,
    accountId,
    fileOf(invited.map(({ phone }) => `${phone},yes`)),
    attested,
  )
  const appointmentId = await booked(world, accountId, {
    kind: 'cohort',
    clients: invited.map(({ contactId }) => ({ contactId })),
  })
  const states = async (): Promise<unknown> =>
    new Set((await notificationsOf(world, appointmentId)).map(({ phone, state }) => `${phone!} ${state}`))
  world.clock.advance({ minutes: 1 })
  await takeBack(rig, accountId, imported.id)
  expect(await states()).toEqual(new Set([`${again!.phone} voided`, `${not!.phone} voided`]))

  const lines = [`${again!.phone},yes,yes`, `${not!.phone},yes,`]
  await importFile(rig, accountId, fileOf(lines, 'phone,marketing consent,transactional consent'), attested)

  const after = (await notificationsOf(world, appointmentId)).filter(({ state }) => state === 'planned')
  expect(new Set(after.map(({ phone }) => phone))).toEqual(new Set([again!.phone]))
})

test('taking an import back ends nothing for whom had agreed before it', async () => {
  const [client] = await clients(world, accountId, [{}])
  const phones = [client!.phone]
  await theyAgree(world.db, accountId, phones)
  const ids = await someMessages(world.db, accountId, phones)
  const appointmentId = await booked(world, accountId, { client: client! })
  const imported = await importFile(rig, accountId, fileOf([`${phones[0]!},yes`]), {
    attestation: { ...marketingAttestation, purposes: ['marketing', 'transactional'], level: 'written' },
  })
  expect(imported.consentsGranted).toBe(2)

  world.clock.advance({ minutes: 1 })
  await takeBack(rig, accountId, imported.id)

  expect(await statesOf(ids)).toEqual(['pending -'])
  expect(new Set((await notificationsOf(world, appointmentId)).map(({ state }) => state))).toEqual(
    new Set(['planned']),
  )
})
