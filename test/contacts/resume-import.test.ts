import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { runDueImports, runImport, startImport } from '../../src/slices/contacts/index.js'
import { createTestDatabase } from '../support/database.js'
import {
  contactsRig,
  contentsOf,
  exampleFile,
  importFile,
  importState,
  marketingAttestation,
  openAccount,
  rows,
  upload,
  type ContactsRig,
} from './support.js'

let rig: ContactsRig

beforeAll(async () => {
  rig = contactsRig(await createTestDatabase())
})

afterAll(() => rig.database.drop())

const request = { attestation: marketingAttestation }
const crash = (chunk: number): void => {
  if (chunk === 3) throw new Error('the process dies here')
}

test('an import that is killed half-way and resumed ends like one that was never interrupted', async () => {
  const file = await exampleFile('contacts-crm-export.csv')
  const [calm, rough] = [await openAccount(rig), await openAccount(rig)]
  const uninterrupted = await importFile(rig, calm, file, request)
  const importId = await upload(rig, rough, file)
  await startImport(rig, rough, importId, request)

  await expect(runImport({ ...rig, afterChunk: crash }, rough, importId)).rejects.toThrow('dies here')
  const halfWay = await importState(rig, rough, importId)
  rig.clock.advance({ milliseconds: rig.limits.leaseMs })
  await expect(runImport({ ...rig, afterChunk: crash }, rough, importId)).rejects.toThrow('dies here')
  rig.clock.set('2026-05-01T12:00:00Z')
  const next = contactsRig(rig.database)
  next.clock.advance({ milliseconds: 2 * rig.limits.leaseMs })
  const resumed = await runImport(next, rough, importId)

  expect(halfWay.resumeRecord).toBeGreaterThan(0)
  expect(halfWay.resumeRecord).toBeLessThan(uninterrupted.counts.rowsRead)
  expect(resumed).toMatchObject({
    ok: true,
    import: { state: 'completed', counts: uninterrupted.counts, reasons: uninterrupted.reasons },
  })
  expect(withoutTimes(await contentsOf(rig, rough))).toEqual(withoutTimes(await contentsOf(rig, calm)))
})

/** Opt-outs are dated by the chunk that brought them, and the resumed chunks ran later. */
function withoutTimes(contents: unknown): unknown {
  return JSON.parse(
    JSON.stringify(contents, (name, value: unknown) => (name === 'occurred_at' ? undefined : value)),
  )
}

test('two processes at one import write each row once', async () => {
  const file = await exampleFile('contacts-crm-export.csv')
  const [alone, shared] = [await openAccount(rig), await openAccount(rig)]
  const expected = await importFile(rig, alone, file, request)
  const importId = await upload(rig, shared, file)
  await startImport(rig, shared, importId, request)

  // A lease that is over at once: both believe that the import is theirs.
  const hasty = { ...rig, limits: { ...rig.limits, leaseMs: 0 } }
  await Promise.all([runImport(hasty, shared, importId), runImport(hasty, shared, importId)])

  expect((await importState(rig, shared, importId)).counts).toEqual(expected.counts)
  expect(await contentsOf(rig, shared)).toEqual(await contentsOf(rig, alone))
})

test('a process that holds the import keeps others away until its lease is over', async () => {
  const accountId = await openAccount(rig)
  const importId = await upload(rig, accountId, await exampleFile('contacts-crm-export.csv'))
  await startImport(rig, accountId, importId, request)
  await expect(runImport({ ...rig, afterChunk: crash }, accountId, importId)).rejects.toThrow()

  expect(await runImport(rig, accountId, importId)).toEqual({ ok: false, reason: 'taken' })
  rig.clock.advance({ milliseconds: rig.limits.leaseMs })
  expect(await runImport(rig, accountId, importId)).toMatchObject({ ok: true })
})

test('a process that is told to end stops after its chunk, and the next one goes on at once', async () => {
  const accountId = await openAccount(rig)
  const importId = await upload(rig, accountId, await exampleFile('contacts-crm-export.csv'))
  await startImport(rig, accountId, importId, request)
  let chunks = 0
  const ending = { ...rig, afterChunk: () => (chunks += 1), shouldStop: () => chunks >= 2 }

  expect(await runImport(ending, accountId, importId)).toEqual({ ok: false, reason: 'stopped' })
  const failures: unknown[] = []
  await runDueImports({ ...rig, onError: (error) => failures.push(error) })

  expect(failures).toEqual([])
  expect(await importState(rig, accountId, importId)).toMatchObject({
    state: 'completed',
    counts: { rowsRead: 1482 },
  })
})

test('an import that cannot go on keeps no other import waiting', async () => {
  const accountId = await openAccount(rig)
  const [first, second] = [
    await upload(rig, accountId, 'phone\n2125550123\n'),
    await upload(rig, accountId, 'phone\n2125550124\n'),
  ]
  await startImport(rig, accountId, first, {})
  await startImport(rig, accountId, second, {})
  const failures: unknown[] = []
  let calls = 0
  const onlyFirstFails = (): boolean => {
    calls += 1
    if (calls === 2) throw new Error('broken')
    return false
  }

  await runDueImports({
    ...rig,
    limits: { ...rig.limits, chunkRows: 1 },
    shouldStop: onlyFirstFails,
    onError: (error) => failures.push(error),
  })

  expect(failures).toHaveLength(1)
  expect(
    [
      (await importState(rig, accountId, first)).state,
      (await importState(rig, accountId, second)).state,
    ].sort(),
  ).toEqual(['completed', 'running'])
})

test('the uploaded file is gone when the import has ended', async () => {
  const accountId = await openAccount(rig)
  const imported = await importFile(rig, accountId, 'phone\n2125550123\n')

  const left = await rig.db.dataSource.query<{ count: number }[]>(
    '/* test */ select count(*)::int from contact_import_file where import_id = $1',
    [imported.id],
  )
  expect(left[0]?.count).toBe(0)
})

test('a contact that another import names between two chunks costs no row, and its opt-out counts', async () => {
  const accountId = await openAccount(rig)
  await importFile(rig, accountId, 'phone,first name\n2125550123,Ana\n')
  const small = { ...rig, limits: { ...rig.limits, chunkRows: 1 } }
  const dies = (): void => {
    throw new Error('the process dies here')
  }
  const first = await upload(
    rig,
    accountId,
    'phone,first name,sms consent\n2125550123,Bea,yes\n2125550123,Bea,no\n',
  )
  await startImport(rig, accountId, first, request)
  await expect(runImport({ ...small, afterChunk: dies }, accountId, first)).rejects.toThrow('dies here')
  await importFile(rig, accountId, 'phone,first name\n2125550123,Cem\n')
  rig.clock.advance({ milliseconds: rig.limits.leaseMs })

  const resumed = await runImport(small, accountId, first)

  expect(resumed).toMatchObject({ ok: true, import: { counts: { rejected: 0 }, consentsRevoked: 2 } })
  expect(await rows(rig, 'select distinct granted from consent where account_id = $1', [accountId])).toEqual([
    { granted: false },
  ])
  const [before] = await rows(
    rig,
    `select previous ->> 'first_name' as name from contact_import_change where import_id = $1`,
    [first],
  )
  expect(before).toEqual({ name: 'Ana' })
})
