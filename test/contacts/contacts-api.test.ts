import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { defaultImportLimits, runDueImports } from '../../src/slices/contacts/index.js'
import { makeAccount, makeApiKey, makeMember, type TestAccount } from '../support/people.js'
import { startTestApp, type TestApp } from '../support/test-app.js'
import { exampleFile } from './support.js'

let api: TestApp
let account: TestAccount

beforeAll(async () => {
  api = await startTestApp()
})

beforeEach(async () => {
  account = await makeAccount(api.app)
})

afterAll(() => api.stop())

function send(
  path: string,
  init: RequestInit,
  token: string | null = account.owner.token,
): Promise<Response> {
  const headers = {
    'content-type': 'text/csv',
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  }
  return fetch(`${api.url}${path}`, {
    ...init,
    headers: { ...headers, ...(init.headers as Record<string, string> | undefined) },
  })
}

async function uploaded(file: string | Buffer): Promise<string> {
  const response = await send('/imports?fileName=people.csv', {
    method: 'POST',
    body: typeof file === 'string' ? file : new Uint8Array(file),
  })
  const { importId } = (await response.json()) as { importId: string }
  expect(response.status).toBe(201)
  return importId
}

async function workThrough(): Promise<void> {
  await runDueImports({
    ...api.app,
    limits: defaultImportLimits,
    onError: (error) => {
      throw error
    },
  })
}

const importFields = `id state fileName startedBy rejectFilePath counts { rowsRead created duplicates rejected }
  rejectReasons { code words rows } columns { header field attribute } undo { removed }
  rejects(first: 2) { edges { node { line reason words column } } pageInfo { hasNextPage } }
  notes(first: 1) { edges { node { line code words intoLine } cursor } }`

test('a file goes the whole way: upload, preview, start, follow, download the rejects, undo', async () => {
  const owner = api.as(account.owner.token)
  const importId = await uploaded(await exampleFile('contacts-crm-export.csv'))
  const options = {
    tags: ['crm'],
    attestation: { purposes: ['MARKETING'], level: 'EXPRESS', statement: 'They ticked the box on our form.' },
  }

  const preview = await owner.data<{ importPreview: object }>(
    `query ($importId: ID!, $options: ImportOptionsInput) { importPreview(importId: $importId, options: $options) {
       ... on ImportPreview { counts { created rejected } optIns optOuts rows hasHeader } ... on Refused { reason } } }`,
    { importId, options },
  )
  const started = await owner.data<{ startImport: object }>(
    `mutation ($importId: ID!, $options: ImportOptionsInput) { startImport(importId: $importId, options: $options) {
       ... on Import { id state } ... on Refused { reason } } }`,
    { importId, options },
  )
  await workThrough()
  const finished = await owner.data<{ import: { rejectFilePath: string } }>(
    `query ($importId: ID!) { import(id: $importId) { ${importFields} } }`,
    { importId },
  )
  const rejects = await send(finished.import.rejectFilePath, {})

  expect(preview.importPreview).toMatchObject({
    counts: { created: 1295, rejected: 103 },
    optIns: 776,
    optOuts: 297,
    hasHeader: true,
  })
  expect(started.startImport).toEqual({ id: importId, state: 'RUNNING' })
  expect(finished.import).toMatchObject({
    state: 'COMPLETED',
    fileName: 'people.csv',
    startedBy: `user:${account.owner.userId}`,
    counts: { rowsRead: 1482, created: 1295, duplicates: 84, rejected: 103 },
    rejects: { pageInfo: { hasNextPage: true } },
    notes: { edges: [{ node: { code: 'folded', intoLine: expect.any(Number) } }] },
  })
  expect(rejects.headers.get('content-type')).toContain('text/csv')
  expect((await rejects.text()).match(/phone-missing/g)).toHaveLength(31)

  const undone = await owner.data<{ undoImport: object }>(
    `mutation ($importId: ID!) { undoImport(importId: $importId) { ... on Import { state } ... on Refused { reason } } }`,
    { importId },
  )
  await workThrough()
  expect(undone.undoImport).toEqual({ state: 'UNDOING' })
  expect(
    await owner.data('{ contactCount imports(first: 1) { edges { node { state undo { removed } } } } }'),
  ).toEqual({
    contactCount: 0,
    imports: { edges: [{ node: { state: 'UNDONE', undo: { removed: 1295 } } }] },
  })
})

test('a small file can be given in the mutation itself', async () => {
  const owner = api.as(account.owner.token)
  const start = `mutation ($text: String, $options: ImportOptionsInput) { startImport(text: $text, options: $options) {
    ... on Import { state columns { header field } } ... on Refused { reason message remedy } } }`

  const good = await owner.data(start, {
    text: 'nr,name\n2125550123,Ana\n',
    options: { columns: [{ column: 'nr', field: 'PHONE' }] },
  })
  const bad = await owner.data(start, { text: 'nr,name\n2125550123,Ana\n' })
  const empty = await owner.data(start, { text: '' })
  await workThrough()

  expect(good).toMatchObject({
    startImport: { state: 'RUNNING', columns: [{ field: 'PHONE' }, { field: 'FULL_NAME' }] },
  })
  expect(bad).toMatchObject({
    startImport: { reason: 'no-phone-column', message: 'No column holds phone numbers.' },
  })
  expect(empty).toMatchObject({ startImport: { reason: 'empty-file' } })
  expect(await owner.errorCode(start, {})).toBe('BAD_USER_INPUT')
})

test('contacts and consent in GraphQL: made, found, tagged, granted, asked, revoked, forgotten', async () => {
  const owner = api.as(account.owner.token)
  const made = await owner.data<{ createContact: { id: string } }>(
    `mutation { createContact(phone: "(212) 555-0123", details: { firstName: "Ana", timeZone: "Eastern", tags: ["VIP"], attributes: [{ name: "Pet", value: "Rex" }] }) {
       ... on Contact { id phone timeZone tags attributes { name value } sendability { purpose mayText words } } ... on Refused { reason } } }`,
  )
  const contactId = made.createContact.id
  expect(made.createContact).toMatchObject({
    phone: '+12125550123',
    timeZone: 'America/New_York',
    tags: ['vip'],
    attributes: [{ name: 'pet', value: 'Rex' }],
    sendability: [
      { mayText: false },
      { purpose: 'MARKETING', mayText: false, words: 'No consent for marketing texts is on record.' },
    ],
  })

  const granted = await owner.data(
    `mutation { grantConsent(input: { phone: "+12125550123", purposes: [MARKETING], level: WRITTEN, method: WEB_FORM, exactText: "I agree." }) {
       ... on ConsentRecorded { eventIds sendability { purpose mayText } } ... on Refused { reason } } }`,
  )
  expect(granted).toMatchObject({
    grantConsent: { eventIds: [expect.any(String)], sendability: [{ mayText: false }, { mayText: true }] },
  })
  expect(
    await owner.data(
      '{ consentAt(phone: "212-555-0123", purpose: MARKETING) { granted event { exactText method actor } } }',
    ),
  ).toEqual({
    consentAt: {
      granted: true,
      event: { exactText: 'I agree.', method: 'WEB_FORM', actor: `user:${account.owner.userId}` },
    },
  })

  await owner.data(
    `mutation { tagContacts(contactIds: ["${contactId}"], add: ["spring"]) { ... on ContactsTagged { changed } } }`,
  )
  expect(
    await owner.data(
      '{ contactTags { tag contacts } contactCount contacts(filter: { tag: "spring", consent: { purpose: MARKETING, standing: GRANTED } }) { edges { node { id } } } }',
    ),
  ).toEqual({
    contactTags: [
      { tag: 'spring', contacts: 1 },
      { tag: 'vip', contacts: 1 },
    ],
    contactCount: 1,
    contacts: { edges: [{ node: { id: contactId } }] },
  })

  await owner.data(
    'mutation { revokeConsent(input: { phone: "+12125550123", method: VERBAL }) { ... on ConsentRecorded { eventIds } } }',
  )
  expect(
    await owner.data(
      `{ contact(id: "${contactId}") { consentEvents(first: 5) { edges { node { action purpose } } } } }`,
    ),
  ).toEqual({
    contact: {
      consentEvents: {
        edges: [
          { node: { action: 'REVOKE', purpose: expect.any(String) } },
          { node: { action: 'REVOKE', purpose: expect.any(String) } },
          { node: { action: 'GRANT', purpose: 'MARKETING' } },
        ],
      },
    },
  })

  const forgotten = await owner.data(
    `mutation { deleteContact(contactId: "${contactId}") { ... on ContactDeleted { contactId } } }`,
  )
  expect(forgotten).toEqual({ deleteContact: { contactId } })
  expect(await owner.data(`{ contact(id: "${contactId}") { id } }`)).toEqual({ contact: null })
})

test('refusals say what to do', async () => {
  const owner = api.as(account.owner.token)
  const refused = '... on Refused { reason remedy }'

  expect(
    await owner.data(`mutation { createContact(phone: "+1 900 555 0123") { ${refused} } }`),
  ).toMatchObject({ createContact: { reason: 'number-premium' } })
  expect(
    await owner.data(`mutation { updateContact(contactId: "nobody", details: {}) { ${refused} } }`),
  ).toMatchObject({ updateContact: { reason: 'not-found' } })
  expect(await owner.data(`mutation { undoImport(importId: "nobody") { ${refused} } }`)).toMatchObject({
    undoImport: { reason: 'not-found' },
  })
  expect(
    await owner.data(
      `mutation { grantConsent(input: { phone: "+12125550123", purposes: [MARKETING], level: WRITTEN, method: PAPER }) { ${refused} } }`,
    ),
  ).toMatchObject({ grantConsent: { reason: 'text-missing' } })
})

test('another account finds nothing by our ids, and viewers change nothing', async () => {
  const importId = await uploaded('phone\n2125550123\n')
  const stranger = await makeAccount(api.app)
  const viewer = await makeMember(api.app, account.accountId, 'viewer')
  const start = `mutation { startImport(importId: "${importId}") { ... on Import { id } ... on Refused { reason } } }`

  expect(await api.as(stranger.owner.token).data(`{ import(id: "${importId}") { id } }`)).toEqual({
    import: null,
  })
  expect(await api.as(stranger.owner.token).data(start)).toEqual({ startImport: { reason: 'not-found' } })
  expect((await send(`/imports/${importId}/rejects.csv`, {}, stranger.owner.token)).status).toBe(404)
  expect(await api.as(viewer.token).errorCode(start)).toBe('FORBIDDEN')
  expect((await send('/imports', { method: 'POST', body: 'phone\n' }, viewer.token)).status).toBe(403)
})

test('a viewer sees neither numbers and addresses nor what a file said, and finds none by searching', async () => {
  const viewer = await makeMember(api.app, account.accountId, 'viewer')
  const importId = await uploaded(
    'phone,first_name,email,room\n2125550187,Quincy,quincy@example.com,12b\n5550187x,Nora,nora@example.com,3\n2125550187,Quincy,,\n',
  )
  await api
    .as(account.owner.token)
    .data(`mutation { startImport(importId: "${importId}") { ... on Import { id } } }`)
  await workThrough()
  const look = (search: string): string =>
    `{ contacts(first: 5, filter: { search: "${search}" }) { edges { node { phone firstName email attributes { name } sendability { mayText } } } }
       contactCount(filter: { search: "${search}" })
       import(id: "${importId}") { rejects(first: 5) { edges { node { line raw } } } notes(first: 5) { edges { node { line detail } } } } }`

  expect(await api.as(account.owner.token).data(look('quincy@'))).toMatchObject({
    contacts: {
      edges: [
        { node: { phone: '+12125550187', email: 'quincy@example.com', attributes: [{ name: 'room' }] } },
      ],
    },
    contactCount: 1,
    import: { rejects: { edges: [{ node: { raw: expect.stringContaining('nora@example.com') } }] } },
  })
  const shown = await api.as(viewer.token).data(look('quincy'))
  expect(shown).toMatchObject({
    contacts: {
      edges: [
        {
          node: {
            phone: '+1…0187',
            firstName: 'Quincy',
            email: null,
            attributes: [],
            // Found by the number itself, not by what is shown of it.
            sendability: [{ mayText: expect.any(Boolean) }, { mayText: expect.any(Boolean) }],
          },
        },
      ],
    },
    contactCount: 1,
    import: {
      rejects: { edges: [{ node: { line: 3, raw: null } }] },
      notes: { edges: [{ node: { line: 4, detail: null } }] },
    },
  })
  for (const search of ['quincy@', '2125550187', '0187'])
    expect(await api.as(viewer.token).data(look(search))).toMatchObject({
      contacts: { edges: [] },
      contactCount: 0,
    })
  const path = `/imports/${importId}/rejects.csv`
  expect((await send(path, {}, viewer.token)).status).toBe(403)
  expect((await send(path, {})).status).toBe(200)
})

test('uploads need a credential and a plain file; a program with a key may upload', async () => {
  const key = await makeApiKey(api.app, account)

  expect((await send('/imports', { method: 'POST', body: 'phone\n' }, null)).status).toBe(401)
  expect((await send('/imports', { method: 'POST', body: 'phone\n' }, 'nonsense')).status).toBe(401)
  expect((await send('/imports', { method: 'POST', body: '' })).status).toBe(422)
  expect((await send('/imports', { method: 'POST', body: 'PK\u0003\u0004' })).status).toBe(422)
  expect(
    (
      await send('/imports', {
        method: 'POST',
        body: 'x',
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
      })
    ).status,
  ).toBe(415)
  expect((await send('/imports', { method: 'POST', body: 'phone\n2125550123\n' }, key)).status).toBe(201)
  expect((await send('/imports/nonsense/rejects.csv', {})).status).toBe(404)
})

test('an upload that is larger than GraphQL allows still arrives whole', async () => {
  const rows = Array.from(
    { length: 60_000 },
    (_, index) => `21255501${String(index % 100).padStart(2, '0')},Somebody with a name of some length`,
  )
  const file = `phone,name\n${rows.join('\n')}\n`

  const response = await send('/imports?fileName=large.csv', { method: 'POST', body: file })

  expect(await response.json()).toMatchObject({ sizeBytes: Buffer.byteLength(file) })
  expect(file.length).toBeGreaterThan(2 * 1024 * 1024)
})
