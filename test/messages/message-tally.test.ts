import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { inTransaction } from '../../src/platform/db/transaction.js'
import { appendEvent, lastSeq } from '../../src/platform/realtime/event-log.js'
import { systemClock } from '../../src/kernel/clock.js'
import { newId } from '../../src/kernel/ids.js'
import { makeAccount, type TestAccount } from '../support/people.js'
import { startTestApp, type TestApp } from '../support/test-app.js'

const TALLY = `query ($since: DateTime!) { messageTally(since: $since) { seq counts { kind report messages } } }`

let server: TestApp
let account: TestAccount

beforeAll(async () => {
  server = await startTestApp()
  account = await makeAccount(server.app)
})
afterAll(() => server.stop())

function happened(kind: string, messages: number, report?: string): Promise<void> {
  const { accountId } = account
  return inTransaction(server.app.db, { name: 'test.event', accountId }, (tx) =>
    appendEvent(tx, {
      accountId,
      topic: 'messages',
      messageIds: Array.from({ length: messages }, () => newId()),
      payload: { kind, ...(report === undefined ? {} : { report }) },
    }),
  )
}

test('events since an instant are added up by what happened, with the newest one that is counted', async () => {
  await happened('accepted', 3)
  const since = systemClock.now().toISO()
  await happened('accepted', 5)
  await happened('accepted', 2)
  await happened('delivered', 4, 'delivery')

  const { messageTally } = await server.as(account.owner.token).data(TALLY, { since })

  expect(messageTally).toEqual({
    seq: await lastSeq(server.app.db, account.accountId),
    counts: [
      { kind: 'accepted', report: null, messages: 7 },
      { kind: 'delivered', report: 'delivery', messages: 4 },
    ],
  })
})

test('nothing since then is no count, and still a place to go on from', async () => {
  const since = systemClock.now().toISO()

  const { messageTally } = await server.as(account.owner.token).data(TALLY, { since })

  expect(messageTally).toEqual({ seq: await lastSeq(server.app.db, account.accountId), counts: [] })
})
