import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { newId } from '../../src/kernel/ids.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import {
  campaignProgress,
  cancelCampaign,
  cloneCampaign,
  findCampaign,
  findQuote,
  listCampaigns,
  listRecipients,
  pauseCampaign,
  previewTemplate,
  quoteCampaign,
  resumeCampaign,
  scheduleCampaign,
  sendTest,
  startCampaign,
  unscheduleCampaign,
  updateCampaign,
} from '../../src/slices/campaigns/index.js'
import { aSendingAccount } from '../support/builders/messages.js'
import {
  aCampaignWorld,
  aDraft,
  anAudience,
  aRunningCampaign,
  aUser,
  people,
  type CampaignWorld,
} from './campaign-world.js'

let world: CampaignWorld

beforeAll(async () => {
  world = await aCampaignWorld()
})
afterAll(() => world.drop())

test('a test text waits at the same gate as every text: a single message with the purpose of the campaign', async () => {
  const accountId = await aSendingAccount(world.db, 5)
  const [me] = await people(world, accountId, [{ firstName: 'Ada' }])
  const campaignId = await aDraft(world, accountId)
  const send = () =>
    sendTest(world.deps, aUser(accountId), {
      campaignId,
      to: { phone: me!.phone },
      idempotencyKey: 'test-key-1',
    })

  const first = await send()

  expect(first).toMatchObject({ ok: true, segments: 1, credits: 1 })
  expect(await send()).toEqual(first)
  const rows = await readQuery(
    world.db,
    `/* test */ select m.campaign_id, m.purpose, m.state, m.contact_id, b.body from message m join message_body b on b.message_id = m.id
     where m.account_id = $1`,
    [accountId],
  )
  expect(rows).toEqual([
    {
      campaign_id: null,
      purpose: 'marketing',
      state: 'pending',
      contact_id: me!.contactId,
      body: 'Hi Ada, spring is here.\nReply STOP to opt out.',
    },
  ])
})

test('a test text needs consent, credits, a subscription and a contact of this account', async () => {
  const accountId = await aSendingAccount(world.db, 0)
  const [stranger, revoked, ok] = await people(world, accountId, [
    { consent: 'none' },
    { consent: 'revoked' },
    {},
  ])
  const campaignId = await aDraft(world, accountId)
  let key = 0
  const send = (to: { contactId: string } | { phone: string }) => {
    key += 1
    return sendTest(world.deps, aUser(accountId), { campaignId, to, idempotencyKey: `needs-${String(key)}` })
  }
  const elsewhere = await anAudience(world, 5, 1)

  expect(await send({ contactId: stranger!.contactId })).toEqual({
    ok: false,
    reason: 'may-not-text',
    skipReason: 'no_consent',
  })
  expect(await send({ contactId: revoked!.contactId })).toEqual({
    ok: false,
    reason: 'may-not-text',
    skipReason: 'opted_out',
  })
  expect(await send({ contactId: ok!.contactId })).toEqual({ ok: false, reason: 'insufficient-credits' })
  expect(await send({ phone: elsewhere.phones[0]! })).toEqual({ ok: false, reason: 'contact-not-found' })
  await readQuery(
    world.db,
    `/* test */ update account_control set subscription_state = 'none' where account_id = $1`,
    [accountId],
  )
  expect(await send({ contactId: ok!.contactId })).toEqual({ ok: false, reason: 'subscription-inactive' })
})

test('a preview shows the first texts of an audience, and stores nothing', async () => {
  const accountId = await aSendingAccount(world.db, 5)
  await people(world, accountId, [
    { firstName: 'Ann' },
    { firstName: null },
    { firstName: '{{last_name}}', consent: 'none' },
  ])
  const preview = (template: string) =>
    previewTemplate(world.deps, aUser(accountId), { purpose: 'marketing', template })

  expect(await preview('Hi {{first_name}}')).toMatchObject({
    ok: true,
    samples: [
      {
        body: 'Hi Ann\nReply STOP to opt out.',
        skipReason: null,
        credits: 1,
        measure: { encoding: 'GSM-7', segments: 1 },
      },
      { body: null, skipReason: 'field_missing' },
      { body: 'Hi {{last_name}}\nReply STOP to opt out.', skipReason: 'no_consent' },
    ],
  })
  expect(await preview('Hi {{__proto__}}')).toMatchObject({
    ok: false,
    reason: 'field-unknown',
    problem: { position: 4 },
  })
  expect(await preview('Hi {{first_name')).toMatchObject({
    ok: false,
    reason: 'template-invalid',
    problem: { position: 4 },
  })
})

test('to another account every campaign is one that does not exist, and nothing changes', async () => {
  const { accountId } = await anAudience(world, 10, 2)
  const { campaignId, quoteId } = await aRunningCampaign(world, accountId)
  const stranger = await anAudience(world, 10, 2)
  const caller = aUser(stranger.accountId)
  const startAt = world.clock.now().plus({ hours: 1 }).toJSDate()
  const before = await findCampaign(world.deps, aUser(accountId), campaignId)

  const refusals = [
    await updateCampaign(world.deps, caller, { campaignId, name: 'Mine' }),
    await cloneCampaign(world.deps, caller, { campaignId }),
    await quoteCampaign(world.deps, caller, { campaignId }),
    await startCampaign(world.deps, caller, { campaignId, quoteId }),
    await scheduleCampaign(world.deps, caller, { campaignId, quoteId, startAt }),
    await unscheduleCampaign(world.deps, caller, { campaignId }),
    await pauseCampaign(world.deps, caller, { campaignId }),
    await resumeCampaign(world.deps, caller, { campaignId }),
    await cancelCampaign(world.deps, caller, { campaignId }),
    await sendTest(world.deps, caller, {
      campaignId,
      to: { phone: stranger.phones[0]! },
      idempotencyKey: 'stranger-1',
    }),
  ]

  expect(refusals).toEqual(refusals.map(() => ({ ok: false, reason: 'not-found' })))
  expect(await findCampaign(world.deps, caller, campaignId)).toBeNull()
  expect(await findQuote(world.deps, caller, { campaignId, quoteId })).toBeNull()
  expect(await campaignProgress(world.deps, stranger.accountId, campaignId)).toBeNull()
  expect(await listRecipients(world.deps, caller, { campaignId, after: null, limit: 10 })).toEqual([])
  expect(await listCampaigns(world.deps, caller, { before: null, limit: 10 })).toEqual([])
  expect(await findCampaign(world.deps, aUser(accountId), campaignId)).toEqual(before)
  expect(await startCampaign(world.deps, aUser(accountId), { campaignId: newId(), quoteId })).toEqual({
    ok: false,
    reason: 'not-found',
  })
})

test('campaigns are listed newest first, page by page and by state', async () => {
  const { accountId } = await anAudience(world, 10, 1)
  const ids = [
    await aDraft(world, accountId),
    await aDraft(world, accountId),
    (await aRunningCampaign(world, accountId)).campaignId,
  ]
  const list = async (page: object): Promise<string[]> =>
    (await listCampaigns(world.deps, aUser(accountId), { before: null, limit: 2, ...page })).map(
      (campaign) => campaign.id,
    )

  expect(await list({})).toEqual([ids[2], ids[1]])
  expect(await list({ before: ids[1] })).toEqual([ids[0]])
  expect(await list({ states: ['draft'] })).toEqual([ids[1], ids[0]])
})
