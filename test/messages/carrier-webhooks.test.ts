import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { newId, type AccountId } from '../../src/kernel/ids.js'
import { systemClock } from '../../src/kernel/clock.js'
import { createDataSource } from '../../src/platform/db/data-source.js'
import type { Db } from '../../src/platform/db/data-source.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { statusCallbackPath } from '../../src/slices/carrier/index.js'
import { applyInboundTexts } from '../../src/slices/inbox/index.js'
import { twilioWebhooks } from '../../src/slices/messages/index.js'
import { createInbox } from '../../src/slices/webhooks/index.js'
import { silentLogger } from '../../src/platform/observability/logger.js'
import { rigAuthTokens, startCarrierRig, type CarrierRig } from '../support/carrier-rig.js'
import {
  aLane,
  aSendingAccount,
  claim,
  someMessages,
  somePhones,
  theyAgree,
} from '../support/builders/messages.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { eventually } from '../support/eventually.js'

let database: TestDatabase
let db: Db
let rig: CarrierRig
let token: string

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  rig = await startCarrierRig(db)
})
afterAll(async () => {
  await rig.stop()
  await database.drop()
})
beforeEach(() => {
  token = newId()
})

type Form = [string, string][]
const report = (status = 'delivered'): Form => [
  ['AccountSid', 'AC1'],
  ['MessageSid', `SM${token.replaceAll('-', '')}`],
  ['MessageStatus', status],
  ['RawDlrDoneDate', '2611220102'],
]

function sign(url: string, form: Form, authToken = rigAuthTokens[0] ?? ''): string {
  const text = [...form]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .reduce((sum, [name, value]) => sum + name + value, url)
  return createHmac('sha1', authToken).update(text, 'utf8').digest('base64')
}

interface Post {
  path?: string
  form?: Form
  signature?: string | null
  type?: string
  headers?: Record<string, string>
}

async function post(given: Post = {}): Promise<Response> {
  const path = given.path ?? `${statusCallbackPath}/${token}`
  const form = given.form ?? report()
  const url = `${rig.publicBaseUrl}${path}`
  const signature = given.signature === undefined ? sign(url, form) : given.signature
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': given.type ?? 'application/x-www-form-urlencoded',
      ...(signature === null ? {} : { 'x-twilio-signature': signature }),
      ...given.headers,
    },
    body: new URLSearchParams(form).toString(),
  })
}

async function stored(): Promise<{ params: Record<string, unknown> }[]> {
  return readQuery(db, `/* test */ select params from webhook_inbox where route = $1 order by id`, [token])
}

test('a genuine report is stored with all its fields before it is acknowledged', async () => {
  const form: Form = [...report(), ['Invented', 'ünknown 🎉'], ['Twice', 'a'], ['Twice', 'b']]
  const url = `${rig.publicBaseUrl}${statusCallbackPath}/${token}`
  const signed = sign(url, [...form])

  expect((await post({ form, signature: signed })).status).toBe(204)
  expect(await stored()).toMatchObject([
    { params: { Invented: 'ünknown 🎉', Twice: ['a', 'b'], MessageStatus: 'delivered' } },
  ])
})

test('the same report is kept once, each status of a text by itself', async () => {
  for (let time = 0; time < 10; time += 1) expect((await post()).status).toBe(204)
  expect((await post({ form: report('sent') })).status).toBe(204)

  expect(await stored()).toHaveLength(2)
})

test('nothing is stored that the carrier did not sign for exactly this address and form', async () => {
  const path = `${statusCallbackPath}/${token}`
  const url = `${rig.publicBaseUrl}${path}`
  const genuine = sign(url, report())

  expect((await post({ signature: null })).status).toBe(400)
  expect((await post({ signature: '' })).status).toBe(400)
  for (const forged of [
    'nonsense',
    sign(url, report(), 'another token'),
    sign(url, report(), ''),
    sign(`http://tollgate.example${path}`, report()),
    sign(url.replace('http:', 'https:'), report()),
    sign(`${url}?k=1`, report()),
    sign(`${rig.publicBaseUrl}${statusCallbackPath}/${newId()}`, report()),
    sign(url, report('sent')),
    sign(url, [...report(), ['Extra', '']]),
  ]) {
    expect((await post({ signature: forged })).status).toBe(403)
  }
  expect((await post({ signature: genuine, form: [...report(), ['Added', '1']] })).status).toBe(403)
  // Whoever says that he is another host does not choose what is checked.
  const lying = {
    host: 'tollgate.example',
    'x-forwarded-host': 'tollgate.example',
    'x-forwarded-proto': 'https',
  }
  expect(
    (await post({ signature: sign(`https://tollgate.example${path}`, report()), headers: lying })).status,
  ).toBe(403)
  expect((await post({ type: 'application/json' })).status).toBe(415)

  expect(await stored()).toEqual([])
})

test('both tokens are good while one is being replaced', async () => {
  const url = `${rig.publicBaseUrl}${statusCallbackPath}/${token}`

  expect((await post({ signature: sign(url, report(), rigAuthTokens[1]) })).status).toBe(204)
})

test('a form that is too large is refused, one that is merely long is not', async () => {
  expect((await post({ form: [...report(), ['Long', 'x'.repeat(60_000)]] })).status).toBe(204)
  expect((await post({ form: [...report(), ['Long', 'x'.repeat(70_000)]] })).status).toBe(413)
})

test('a full inbox and a database that is away are not acknowledged', async () => {
  const url = `${rig.publicBaseUrl}${statusCallbackPath}/${token}`
  const call = {
    params: { attemptToken: token },
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': sign(url, report()),
    },
    pathAndQuery: `${statusCallbackPath}/${token}`,
    rawBody: Buffer.from(new URLSearchParams(report()).toString()),
  }
  const deps = { authTokens: rigAuthTokens, publicBaseUrl: rig.publicBaseUrl }
  const full = twilioWebhooks({ ...deps, inbox: createInbox(db, { waitingMax: 0 }) })[0]!
  expect(await full.answer(call)).toMatchObject({ status: 503 })

  const away = createDataSource({ url: database.url, poolSize: 1, applicationName: 'away' })
  await away.initialize()
  await away.destroy()
  const gone = twilioWebhooks({ ...deps, inbox: createInbox({ dataSource: away }) })[0]!
  await expect(gone.answer(call)).rejects.toThrow()
})

async function granted(accountId: AccountId, phone: string): Promise<boolean[]> {
  const rows = await readQuery<{ granted: boolean }>(
    db,
    '/* test */ select granted from consent where account_id = $1 and phone = $2 order by purpose',
    [accountId, phone],
  )
  return rows.map((row) => row.granted)
}

test('who texts STOP is texted by no account any more; other words change nothing', async () => {
  const [accountId, another] = [await aSendingAccount(db, 10), await aSendingAccount(db, 10)]
  const [stopper, talker] = somePhones(2) as [string, string]
  for (const account of [accountId, another]) {
    await theyAgree(db, account, [stopper, talker])
    await theyAgree(db, account, [stopper], 'transactional')
  }
  await someMessages(db, accountId, [stopper, talker], { campaignId: null })

  rig.local.control.text({ from: stopper, to: '+15005550006', body: ' Stop. ' })
  rig.local.control.text({ from: talker, to: '+15005550006', body: 'Please do not stop' })
  rig.local.control.text({ from: '+12125559999', to: '+15005550006', body: 'STOP' })
  await eventually(
    async () =>
      (await readQuery(db, `/* test */ select from webhook_inbox where provider = 'twilio.inbound'`))
        .length === 3,
  )
  await rig.settleReports()

  expect(await granted(accountId, stopper)).toEqual([false, false])
  expect(await granted(another, stopper)).toEqual([false, false])
  expect(await granted(accountId, talker)).toEqual([true])
  const { claimed, refused } = await claim(db, { clock: systemClock, lane: aLane(accountId, null) })
  expect(claimed.map((message) => message.phone)).toEqual([talker])
  // The text that waited for the other was ended with the opt-out, and is not even looked at.
  expect(refused).toBe(0)
  const outcomes = await readQuery<{ outcome: string }>(
    db,
    `/* test */ select outcome from webhook_inbox where provider = 'twilio.inbound' order by outcome`,
  )
  expect(outcomes.map((row) => row.outcome)).toEqual(['opt-out-of-nobody', 'opted-out', 'unattributed'])
})

test('an opt-out is recorded once, with its evidence, however often it is applied', async () => {
  const accountId = await aSendingAccount(db, 10)
  const [phone] = somePhones(1) as [string]
  await theyAgree(db, accountId, [phone])
  const inbox = createInbox(db)
  const sid = `SM${'ab'.repeat(16)}`
  for (const key of ['one', 'two']) {
    await inbox.store({
      provider: 'twilio.inbound',
      route: '',
      dedupeKey: `${sid} ${key}`,
      params: { MessageSid: sid, From: phone, To: '+15005550006', Body: 'no', OptOutType: 'STOP' },
    })
  }

  await applyInboundTexts({ db, clock: systemClock, log: silentLogger, hooks: [] })

  const events = await readQuery(
    db,
    `/* test */ select purpose, method, evidence from consent_event where account_id = $1 and action = 'revoke' order by purpose`,
    [accountId],
  )
  expect(events).toEqual([
    { purpose: 'marketing', method: 'keyword', evidence: { sid } },
    { purpose: 'transactional', method: 'keyword', evidence: { sid } },
  ])
})
