import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { grantConsent } from '../../src/slices/contacts/index.js'
import { makeAccount, makeMember, type TestAccount } from '../support/people.js'
import { startTestApp, type TestApp } from '../support/test-app.js'

let server: TestApp
let account: TestAccount
const phone = '+12125550123'
const hostile = '=HYPERLINK("http://x","y")\r\n+1, "quoted"; \'@sum(1)'

beforeAll(async () => {
  server = await startTestApp()
  account = await makeAccount(server.app)
  const other = await makeAccount(server.app, 'Other')
  const deps = { db: server.app.db, clock: server.app.clock }
  const grant = { purposes: ['marketing'], level: 'written', method: 'web_form', actor: 'user:1' } as const
  for (const [accountId, number, exactText] of [
    [account.accountId, phone, hostile],
    [account.accountId, '+12125550124', 'I agree.'],
    [other.accountId, phone, 'of another account'],
  ] as const)
    await grantConsent(deps, accountId, { ...grant, phone: number, exactText, source: '@evil' })
})
afterAll(() => server.stop())

async function get(path: string, token = account.owner.token): Promise<Response> {
  return fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${token}` } })
}

test('the history of a number has the text that was shown, word for word, and no formula, and its end proves it whole', async () => {
  const text = await (await get(`/consent.csv?phone=${encodeURIComponent(phone)}`)).text()
  expect(text).not.toMatch(/(^|,|\n)"?[=@]/)
  expect(text).toContain('"\'=HYPERLINK(""http://x"",""y"")')
  expect(text).not.toContain('another account')
  const at = text.lastIndexOf('end,')
  const hash = createHash('sha256').update(text.slice(0, at)).digest('hex')
  expect(text.slice(at)).toBe(`end,events: 1,sha256 of all lines above: ${hash}\r\n`)
})

test('as JSON lines every value is as it was', async () => {
  const text = await (await get('/consent.jsonl')).text()
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines).toHaveLength(3)
  expect(lines[0]).toMatchObject({ phone, action: 'grant', source: '@evil', actor: 'user:1' })
  expect(lines.at(-1)).toMatchObject({ end: true, events: 2 })
})

test('a period bounds it, and what cannot be read is refused', async () => {
  const none = await (await get('/consent.jsonl?to=2020-01-01T00:00:00Z')).text()
  expect(JSON.parse(none)).toMatchObject({ end: true, events: 0 })
  expect((await get('/consent.csv?from=yesterday')).status).toBe(400)
  expect((await get('/consent.csv?phone=nobody')).status).toBe(400)
  expect((await get('/consent.csv?phone=0412345678')).status).toBe(400)
})

test('it is for operators and owners of the account', async () => {
  const viewer = await makeMember(server.app, account.accountId, 'viewer')
  expect((await get('/consent.csv', viewer.token)).status).toBe(403)
  expect((await fetch(`${server.url}/consent.csv`)).status).toBe(401)
})
