import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { newId } from '../../src/kernel/ids.js'
import { makeAccount, type TestAccount } from '../support/people.js'
import { startTestApp, type TestApp } from '../support/test-app.js'
import { openSocket } from '../support/ws-client.js'

const FOLLOW = `subscription ($ids: [ID!]!) { campaignsProgress(campaignIds: $ids) { campaignId state } }`

let server: TestApp
let account: TestAccount

beforeAll(async () => {
  server = await startTestApp()
  account = await makeAccount(server.app)
})
afterAll(() => server.stop())

async function aDraftOf(of: TestAccount): Promise<string> {
  const { createCampaign } = await server
    .as(of.owner.token)
    .data<{ createCampaign: { id: string } }>(
      `mutation { createCampaign(input: { name: "Spring", template: "Hello" }) { ... on Campaign { id } } }`,
    )
  return createCampaign.id
}

test('a list of campaigns is followed with one subscription, which leaves out those of others', async () => {
  const [first, second] = [await aDraftOf(account), await aDraftOf(account)]
  const foreign = await aDraftOf(await makeAccount(server.app, 'Other'))
  const socket = await openSocket(server.url, account.owner.token)

  const { data } = await socket.run(FOLLOW, { ids: [second, foreign, first, newId(), first] }).next()

  const shown = data?.['campaignsProgress'] as { campaignId: string; state: string }[]
  expect(shown.map(({ campaignId }) => campaignId).sort()).toEqual([first, second].sort())
  expect(new Set(shown.map(({ state }) => state))).toEqual(new Set(['DRAFT']))
  socket.close()
})

test('more than fifty campaigns at once are refused', async () => {
  const socket = await openSocket(server.url, account.owner.token)

  const { errors } = await socket.run(FOLLOW, { ids: Array.from({ length: 51 }, () => newId()) }).next()

  expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
  socket.close()
})
