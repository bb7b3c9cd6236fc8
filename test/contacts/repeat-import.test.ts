import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { DateTime } from 'luxon'
import type { AccountId } from '../../src/kernel/ids.js'
import { revokeConsent } from '../../src/slices/contacts/index.js'
import { createTestDatabase } from '../support/database.js'
import {
  contactsRig,
  contentsOf,
  exampleFile,
  importFile,
  marketingAttestation,
  openAccount,
  rows,
  takeBack,
  type ContactsRig,
} from './support.js'

let rig: ContactsRig

beforeAll(async () => {
  rig = contactsRig(await createTestDatabase())
})

afterAll(() => rig.database.drop())

const request = { attestation: marketingAttestation }

test('the same file a second time changes nothing, and says so', async () => {
  const accountId = await openAccount(rig)
  const file = await exampleFile('contacts-crm-export.csv')
  const first = await importFile(rig, accountId, file, request)
  const before = await contentsOf(rig, accountId)
  const events = 'select count(*)::int as count from consent_event where account_id = $1'
  const eventsBefore = await rows(rig, events, [accountId])

  const second = await importFile(rig, accountId, file, request)

  expect(second.counts).toEqual({ ...first.counts, created: 0, unchanged: first.counts.created })
  expect(await contentsOf(rig, accountId)).toEqual(before)
  expect(await rows(rig, events, [accountId])).toEqual(eventsBefore)
})

test('an audience by import has every contact that the file named, new or not', async () => {
  const accountId = await openAccount(rig)
  await importFile(rig, accountId, 'phone\n2125550123\n')

  const second = await importFile(rig, accountId, 'phone\n2125550123\n2125550124\n')

  expect(
    await rows(rig, 'select phone from contact where import_id = $1 order by phone', [second.id]),
  ).toEqual([{ phone: '+12125550123' }, { phone: '+12125550124' }])
})

test('the borders of chunks change nothing', async () => {
  const file = await exampleFile('contacts-crm-export.csv')
  const [small, large] = [await openAccount(rig), await openAccount(rig)]

  const inSmall = await importFile({ ...rig, limits: { ...rig.limits, chunkRows: 40 } }, small, file, request)
  const inLarge = await importFile(
    { ...rig, limits: { ...rig.limits, chunkRows: 5_000 } },
    large,
    file,
    request,
  )

  expect(inSmall.counts).toEqual(inLarge.counts)
  expect(inSmall.reasons).toEqual(inLarge.reasons)
  expect(inSmall.warnings).toEqual(inLarge.warnings)
  expect(stateOf(await contentsOf(rig, small))).toEqual(stateOf(await contentsOf(rig, large)))
})

/** Which of several equal rows is quoted as evidence may differ; who may be texted may not. */
function stateOf(contents: unknown): unknown {
  return JSON.parse(
    JSON.stringify(contents, (name, value: unknown) =>
      ['evidence', 'source', 'occurred_at'].includes(name) ? undefined : value,
    ),
  )
}

test('the first row wins, later ones fill its gaps and add their tags, in every spelling of the number', async () => {
  const accountId = await openAccount(rig)

  const imported = await importFile(
    rig,
    accountId,
    'phone,first name,last name,city,tags\n(212) 555-0123,Ana,,,a\n+12125550123,Anna,Silva,,b\n212.555.0123,,Souza,Boston,a;c\n',
  )

  expect(imported.counts).toMatchObject({ created: 1, duplicates: 2 })
  expect(
    await rows(
      rig,
      'select first_name, last_name, attributes, tags, import_line from contact where account_id = $1',
      [accountId],
    ),
  ).toEqual([
    {
      first_name: 'Ana',
      last_name: 'Silva',
      attributes: { city: 'Boston' },
      tags: ['a', 'b', 'c'],
      import_line: 2,
    },
  ])
})

interface Before {
  name: string
  had: (accountId: AccountId) => Promise<void>
}

const before: Before[] = [
  { name: 'nobody has said anything', had: () => Promise.resolve() },
  {
    name: 'an undone import had granted',
    had: async (accountId) => {
      const imported = await importFile(rig, accountId, 'phone,sms consent\n2125550123,yes\n', {
        attestation: { ...marketingAttestation, purposes: ['marketing', 'transactional'] },
      })
      await takeBack(rig, accountId, imported.id)
    },
  },
  {
    name: 'somebody had recorded an older opt-out',
    had: async (accountId) => {
      await revokeConsent(rig, accountId, {
        ...{ phone: '+12125550123', method: 'admin', actor: 'user:test' },
        occurredAt: DateTime.fromISO('2026-01-01T00:00:00Z'),
      })
    },
  },
]

test.each(before)(
  'an opt-out in any row of a file outweighs every opt-in for that number where $name',
  async ({ had }) => {
    for (const order of ['yes,2026-04-01\n2125550123,no,', 'no,\n2125550123,yes,2026-04-01']) {
      for (const chunkRows of [1, 100]) {
        const accountId = await openAccount(rig)
        await had(accountId)
        const limited = { ...rig, limits: { ...rig.limits, chunkRows } }
        await importFile(limited, accountId, `phone,sms consent,consent date\n2125550123,${order}\n`, request)

        const granted = await rows(rig, 'select granted from consent where account_id = $1', [accountId])
        expect(granted).toEqual([{ granted: false }, { granted: false }])
      }
    }
  },
)

test('a file that repeats an opt-out and dates no opt-in writes no second one', async () => {
  const accountId = await openAccount(rig)
  await revokeConsent(rig, accountId, { phone: '+12125550123', method: 'admin', actor: 'user:test' })
  rig.clock.advance({ minutes: 1 })

  const imported = await importFile(rig, accountId, 'phone,sms consent\n2125550123,no\n', request)

  expect(imported.consentsRevoked).toBe(0)
})

test('a yes in the file grants nothing unless somebody states what these people agreed to', async () => {
  const accountId = await openAccount(rig)
  const file = 'phone,sms consent\n2125550123,yes\n2125550124,no\n2125550125,\n2125550126,perhaps\n'

  const imported = await importFile(rig, accountId, file)

  expect(imported).toMatchObject({
    consentsGranted: 0,
    consentsRevoked: 2,
    warnings: { 'consent-not-attested': 1, 'consent-word-unknown': 1 },
  })
})

test('the plain export of 5,000 arrives whole, with its consent and the words that were shown', async () => {
  const accountId = await openAccount(rig)

  const imported = await importFile(rig, accountId, await exampleFile('contacts-5000.csv'), {
    attestation: { ...marketingAttestation, level: 'written' },
  })

  expect(imported).toMatchObject({
    counts: { rowsRead: 5_000, created: 5_000 },
    consentsGranted: 5_000,
    warnings: {},
  })
  const events = await rows(
    rig,
    `select purpose, level, exact_text, occurred_at, count(*)::int from consent_event where account_id = $1 group by 1, 2, 3, 4`,
    [accountId],
  )
  expect(events).toEqual([
    {
      purpose: 'marketing',
      level: 'written',
      exact_text:
        'I agree to receive marketing texts from Acme at this number. Consent is not a condition of purchase. Msg & data rates may apply. Reply STOP to opt out.',
      occurred_at: new Date('2026-04-01T12:00:00Z'),
      count: 5_000,
    },
  ])
})
