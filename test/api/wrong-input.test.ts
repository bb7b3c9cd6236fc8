import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { v7 as newUuid } from 'uuid'
import { describeApiSchema } from '../../src/app/graphql-schema.js'
import { ownIdFor, rowsOfAccount } from '../support/account-rows.js'
import type { GraphqlAnswer } from '../support/graphql-client.js'
import { makeAdmin, sessionRunner } from '../support/people.js'
import { makePopulatedAccount } from '../support/populate-account.js'
import { leafArguments, operationFor, rootFields, validVariables } from '../support/schema-walk.js'
import { startTestApp, type TestApp } from '../support/test-app.js'

// Every argument of every query and mutation gets values that it cannot mean. Each answer is data, a refusal, or an
// error with a code of the contract; never an internal error, never a stack trace.

const fields = rootFields(await describeApiSchema()).filter(({ kind }) => kind !== 'subscription')
let server: TestApp
let rows: Awaited<ReturnType<typeof rowsOfAccount>>
let asOwner: ReturnType<typeof sessionRunner>
let asAdmin: ReturnType<typeof sessionRunner>

beforeAll(async () => {
  server = await startTestApp()
  const account = await makePopulatedAccount(server.app, 'Fuzzed')
  rows = await rowsOfAccount(server.app.db, account.accountId)
  asOwner = sessionRunner(server.app, account.owner.email)
  asAdmin = sessionRunner(server.app, (await makeAdmin(server.app)).email)
})

afterAll(() => server.stop())

const strings = [
  '',
  ' ',
  'x'.repeat(20_000),
  'null\u0000byte',
  '\ud800 lone half of a pair',
  "'; drop table account; --",
  '{{constructor}} %s ${1} __proto__',
  '١٢٣ \u202e \u200b',
]
const wrongByType: Readonly<Record<string, readonly unknown[]>> = {
  Int: [-1, 0, 2_147_483_647, -2_147_483_648, 2_147_483_648, 1.5, 'one', true],
  Float: [-1, 1e308, 'one', true],
  Boolean: ['true', 1],
  ID: ['', 'nonsense', 7, -1, '00000000-0000-0000-0000-000000000000', "' or true --", 'x\u0000', newUuid()],
  DateTime: [
    '',
    'yesterday',
    '2026-02-30T00:00:00Z',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '2026-01-01',
    5,
  ],
  EmailAddress: ['', 'nobody', 'a@b', `${'x'.repeat(300)}@example.test`, 'a\u0000@example.test', 5],
  Credits: [-1, 1.5, 9_007_199_254_740_991, 9_007_199_254_740_992, '5', 1e300],
  EventSeq: [-1, 1.5, 9_007_199_254_740_991, '5'],
}
const wrongForAll: readonly unknown[] = [null, [], {}, [[null]], { __proto__: null, constructor: 1 }]

const cases = fields.flatMap((root) =>
  leafArguments(root.field).map((leaf) => [`${root.field.name}(${leaf.path})`, root, leaf] as const),
)

test.each(cases)(
  '%s takes no wrong value and breaks on none',
  async (_name, root, leaf) => {
    // Everything else is right, so that the wrong value gets as far as it can.
    const ownId = (path: string) => ownIdFor(rows, root.field.name, path) ?? newUuid()
    const values = [...(wrongByType[leaf.type.name] ?? strings), ...wrongForAll]
    const check = async (value: unknown): Promise<void> => {
      const variables = validVariables(root.field, { id: ownId, set: { path: leaf.path, value } })
      const { query } = operationFor(root, variables)
      const run = root.access === 'platformAdmin' ? asAdmin : asOwner
      const answer = await run(
        (token) => server.as(token).send(query, variables),
        ({ status }) => status === 401,
      )

      expectProperAnswer(answer, value)
    }
    await Promise.all(values.map(check))
  },
  120_000,
)

function expectProperAnswer(answer: GraphqlAnswer, value: unknown): void {
  const about = `${JSON.stringify(value)} → ${answer.text.slice(0, 2_000)}`
  expect([answer.status < 500, about]).toEqual([true, about])
  expect([/"stack|\.ts:\d|node_modules|QueryFailed/.test(answer.text), about]).toEqual([false, about])
  for (const error of answer.errors ?? []) {
    expect([error.extensions.code === 'INTERNAL' || error.extensions.code === '', about]).toEqual([
      false,
      about,
    ])
  }
}
