import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { AccountId } from '../../src/kernel/ids.js'
import type { ContactImport } from '../../src/slices/contacts/index.js'
import { createTestDatabase } from '../support/database.js'
import {
  contactsRig,
  importFile,
  marketingAttestation,
  openAccount,
  rows,
  type ContactsRig,
} from './support.js'

// Files in which more than one column says something about consent.

let rig: ContactsRig
let accountId: AccountId

beforeAll(async () => {
  rig = contactsRig(await createTestDatabase())
})

beforeEach(async () => {
  accountId = await openAccount(rig)
})

afterAll(() => rig.database.drop())

function importBoth(heading: string, row: string): Promise<ContactImport> {
  return importFile(rig, accountId, `${heading}\n${row}\n`, {
    attestation: { ...marketingAttestation, purposes: ['marketing', 'transactional'] },
  })
}

async function consents(): Promise<Record<string, boolean>> {
  const found = await rows<{ purpose: string; granted: boolean }>(
    rig,
    'select purpose, granted from consent where account_id = $1',
    [accountId],
  )
  return Object.fromEntries(found.map(({ purpose, granted }) => [purpose, granted]))
}

test.each([
  ['Phone,SMS consent,Marketing consent', 'yes,no', { marketing: false, transactional: true }],
  ['Phone,Marketing consent,SMS consent', 'no,yes', { marketing: false, transactional: true }],
  ['Phone,SMS consent,Marketing consent', 'no,yes', { marketing: false, transactional: false }],
  ['Phone,SMS consent,Marketing consent', ',yes', { marketing: true }],
  ['Phone,SMS consent,Marketing consent', 'yes,', { marketing: true, transactional: true }],
  ['Phone,Marketing consent,Transactional consent', 'no,no', { marketing: false, transactional: false }],
  ['Phone,Marketing consent,Transactional consent', 'no,yes', { marketing: false, transactional: true }],
  ['Phone,Marketing consent,Opted out', 'yes,yes', { marketing: false, transactional: false }],
])('%s with %s: each column is read, and a no outweighs every yes', async (heading, said, expected) => {
  await importBoth(heading, `2125550123,${said}`)

  expect(await consents()).toEqual(expected)
  expect(await rows(rig, 'select attributes from contact where account_id = $1', [accountId])).toEqual([
    { attributes: {} },
  ])
})

test('an opt-out column that holds something unreadable keeps every yes of its row from counting', async () => {
  const heading = 'Phone,SMS consent,Opted out'

  const imported = await importBoth(heading, '2125550123,yes,2024-03-01\n2125550124,no,asked us by mail')

  expect(imported.warnings).toEqual({ 'consent-word-unknown': 2 })
  expect(
    await rows(rig, 'select phone, purpose, granted from consent where account_id = $1 order by purpose', [
      accountId,
    ]),
  ).toEqual([
    { phone: '+12125550124', purpose: 'marketing', granted: false },
    { phone: '+12125550124', purpose: 'transactional', granted: false },
  ])
})

test('the words of the column about a purpose are its evidence before those of a general one', async () => {
  await importBoth('Phone,SMS consent,Marketing consent', '2125550123,yes,subscribed')

  const said = await rows(
    rig,
    `select purpose, evidence ->> 'said' as said from consent_event where account_id = $1 order by 1`,
    [accountId],
  )
  expect(said).toEqual([
    { purpose: 'marketing', said: 'subscribed' },
    { purpose: 'transactional', said: 'yes' },
  ])
})
