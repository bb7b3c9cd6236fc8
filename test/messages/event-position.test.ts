import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { inTransaction } from '../../src/platform/db/transaction.js'
import { appendEvent, lastSeq, type EventTopic } from '../../src/platform/realtime/event-log.js'
import { makeAccount, type TestAccount } from '../support/people.js'
import { startTestApp, type TestApp } from '../support/test-app.js'
import { openSocket } from '../support/ws-client.js'

let server: TestApp
let account: TestAccount

beforeAll(async () => {
  server = await startTestApp()
  account = await makeAccount(server.app)
})
afterAll(() => server.stop())

function happened(topic: EventTopic, kind: string): Promise<void> {
  const { accountId } = account
  return inTransaction(server.app.db, { name: 'test.event', accountId }, (tx) =>
    appendEvent(tx, { accountId, topic, payload: { kind } }),
  )
}

test('whoever asks where the events stand and subscribes later misses nothing of what came in between', async () => {
  const { eventPosition } = await server.as(account.owner.token).data('{ eventPosition }')
  await happened('messages', 'accepted')

  const socket = await openSocket(server.url, account.owner.token)
  const stream = socket.run(
    'subscription ($after: EventSeq) { messageEvents(afterSeq: $after) { seq kind } }',
    {
      after: eventPosition,
    },
  )

  expect((await stream.next()).data).toEqual({
    messageEvents: { seq: (eventPosition as number) + 1, kind: 'accepted' },
  })
  socket.close()
})

test('what held up sending is told newest first, without what happened to messages, with a place to go on from', async () => {
  await happened('operations', 'breaker_open')
  await happened('messages', 'accepted')
  await happened('operations', 'breaker_closed')
  await happened('messages', 'accepted')

  const { recentOperations } = await server
    .as(account.owner.token)
    .data<{ recentOperations: { seq: number; events: { kind: string }[] } }>(
      '{ recentOperations { seq events { kind } } }',
    )

  expect(recentOperations.seq).toBe(await lastSeq(server.app.db, account.accountId))
  expect(recentOperations.events.slice(0, 2).map(({ kind }) => kind)).toEqual([
    'breaker_closed',
    'breaker_open',
  ])
  expect(recentOperations.events.map(({ kind }) => kind)).not.toContain('accepted')
})
