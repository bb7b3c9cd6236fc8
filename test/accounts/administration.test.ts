import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readQuery } from '../../src/platform/db/transaction.js'
import { makeAdmin, newEmail, testPassword } from '../support/people.js'
import { startTestApp, type TestApp } from '../support/test-app.js'

let server: TestApp

beforeAll(async () => {
  server = await startTestApp()
})
afterAll(() => server.stop())

test('who stopped the platform and who let it send again stands in its history', async () => {
  const admin = await makeAdmin(server.app)
  const asAdmin = server.as(admin.token)

  await asAdmin.data('mutation { stopAllSending(reason: "carrier incident") { isStopped } }')
  await asAdmin.data('mutation { resumeAllSending { isStopped } }')

  const history = await readQuery(
    server.app.db,
    `/* test */ select state, actor from control_event where kind = 'platform' order by ord desc limit 2`,
  )
  expect(history).toEqual([
    { state: 'may_send', actor: `admin:${admin.userId}` },
    { state: 'may_not_send', actor: `admin:${admin.userId}` },
  ])
})

test('who opened an account stands beside its first member', async () => {
  const admin = await makeAdmin(server.app)

  const { createAccount } = await server.as(admin.token).data<{ createAccount: { id: string } }>(
    `mutation ($email: EmailAddress!, $password: Password!) {
       createAccount(name: "New", ownerEmail: $email, ownerName: "Owner", ownerPassword: $password) { ... on Account { id } } }`,
    { email: newEmail(), password: testPassword },
  )

  const changes = await readQuery(
    server.app.db,
    '/* test */ select kind, actor from account_change where account_id = $1',
    [createAccount.id],
  )
  expect(changes).toEqual([{ kind: 'member_added', actor: `admin:${admin.userId}` }])
})
