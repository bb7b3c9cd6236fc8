import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { v7 as newUuid } from 'uuid'
import { describeApiSchema } from '../../src/app/graphql-schema.js'
import { startLocalPayments, type LocalPayments } from '../../src/local/payments/start-local-payments.js'
import { inTransaction } from '../../src/platform/db/transaction.js'
import { appendEvent, lastSeq, wakeFollowers } from '../../src/platform/realtime/event-log.js'
import { idsIn, rowsOfAccount } from '../support/account-rows.js'
import { sessionRunner, type TestAccount } from '../support/people.js'
import { makePopulatedAccount } from '../support/populate-account.js'
import {
  leafArguments,
  operationFor,
  rootFields,
  validVariables,
  type RootField,
} from '../support/schema-walk.js'
import { startTestApp, type TestApp } from '../support/test-app.js'
import type { TestSocket } from '../support/ws-client.js'

// Account B's owner calls every field of the API, with every id that account A has, and must learn and change nothing.
// A field that somebody adds tomorrow is walked tomorrow.

const fields = rootFields(await describeApiSchema())
let payments: LocalPayments
let server: TestApp
let a: TestAccount
let b: TestAccount
let idsOfA: string[]
let asB: ReturnType<typeof sessionRunner>

beforeAll(async () => {
  payments = await startLocalPayments()
  const { secretKey, webhookSecret, url } = payments
  server = await startTestApp({
    config: { billing: { secretKey, webhookSecrets: [webhookSecret], apiBaseUrl: url } },
  })
  a = await makePopulatedAccount(server.app, 'Canary Incorporated')
  b = await makePopulatedAccount(server.app, 'Other')
  asB = sessionRunner(server.app, b.owner.email)
  const shared = new Set<string>([b.accountId])
  const rows = await rowsOfAccount(server.app.db, a.accountId)
  idsOfA = [...new Set([a.accountId, a.owner.userId, ...idsIn(rows, 1)])].filter((id) => !shared.has(id))
})

afterAll(async () => {
  await server.stop()
  await payments.stop()
})

const reachable = fields.filter(({ access }) => access !== 'platformAdmin')
const takingIds = reachable.flatMap((root) =>
  leafArguments(root.field)
    .filter((leaf) => leaf.type.name === 'ID')
    .map((leaf) => ({ root, leaf })),
)

test.each(takingIds.map(({ root, leaf }) => [`${root.field.name}(${leaf.path})`, root, leaf.path] as const))(
  '%s answers for an id of another account exactly as for an id that nobody has',
  async (_name, root, path) => {
    const before = await rowsOfAccount(server.app.db, a.accountId)
    const unknown = await answerFor(root, path, newUuid())
    const malformed = await answerFor(root, path, 'no id at all')

    const answers = await Promise.all(idsOfA.map((id) => answerFor(root, path, id)))
    for (const answer of answers) expect(answer).toEqual(unknown)

    // Text that is no id is unknown too; an input object may also say that it cannot be read.
    if (malformed !== unknown) expect(malformed).toMatch(/"__typename":"Refused"|BAD_USER_INPUT/)
    expect(await rowsOfAccount(server.app.db, a.accountId)).toEqual(before)
  },
  120_000,
)

test.each(reachable.map((root) => [root.field.name, root] as const))(
  '%s shows nothing of another account',
  async (_name, root) => {
    const before = await rowsOfAccount(server.app.db, a.accountId)

    const text = await answerText(root, validVariables(root.field, { id: () => newUuid() }))

    for (const secret of ['Canary', ...idsOfA]) expect(text).not.toContain(secret)
    expect(await rowsOfAccount(server.app.db, a.accountId)).toEqual(before)
  },
)

test.each(
  fields.filter(({ access }) => access === 'platformAdmin').map((root) => [root.field.name, root] as const),
)('%s is closed to the owner of an account, for their own account too', async (_name, root) => {
  for (const id of [a.accountId, b.accountId]) {
    const text = await answerText(root, validVariables(root.field, { id: () => id }))
    expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] })
  }
})

/** What the caller learns: the answer without what differs from call to call. */
async function answerFor(root: RootField, path: string, id: string): Promise<string> {
  const text = await answerText(root, validVariables(root.field, { id: () => id, with: path }))
  return text
    .replaceAll(id, '<id>')
    .replaceAll(/"requestId":"[^"]*"/g, '"requestId":"…"')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<moment>')
    .replaceAll(/"seq":\d+/g, '"seq":0')
    .replaceAll(/walk[ -][0-9a-f]+/g, '<text>')
}

async function answerText(root: RootField, variables: Record<string, unknown>): Promise<string> {
  const { query } = operationFor(root, variables)
  const call = async (token: string): Promise<string> => {
    if (root.kind !== 'subscription') return (await server.as(token).send(query, variables)).text
    const socket = await server.socket(token)
    if (!socket.isAcknowledged) return 'UNAUTHENTICATED'
    const stream = socket.run(query, variables)
    const first = await Promise.race([stream.next().catch(() => 'ended'), stream.ended, silenceOn(socket)])
    socket.close()
    // A refusal and the end after it may come in one packet: what was said counts, not that it is over.
    return JSON.stringify(stream.received[0] ?? first)
  }
  return asB(call, (answer) => answer.includes('UNAUTHENTICATED'))
}

/**
 * Until later news of B have come through the same socket, twice, A's log having been cried out in between: whatever the
 * stream before them had to say of A or B would have been said.
 */
async function silenceOn(socket: TestSocket): Promise<string> {
  const { db } = server.app
  const news = socket.run(
    `subscription { operationEvents(afterSeq: ${String(await lastSeq(db, b.accountId))}) { kind } }`,
  )
  for (let round = 0; round < 2; round += 1) {
    const kind = `walk-${newUuid()}`
    await inTransaction(db, { name: 'test.cry' }, (tx) => wakeFollowers(tx, a.accountId))
    await inTransaction(db, { name: 'test.marker', accountId: b.accountId }, (tx) =>
      appendEvent(tx, { accountId: b.accountId, topic: 'account', payload: { kind } }),
    )
    for (let heard = ''; heard !== kind;) {
      const event = (await news.next()).data?.['operationEvents'] as { kind: string }
      heard = event.kind
    }
  }
  return 'silence'
}
