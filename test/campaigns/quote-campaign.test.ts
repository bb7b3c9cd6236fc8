import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { newId, type ImportId } from '../../src/kernel/ids.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { findQuote, quoteCampaign, updateCampaign } from '../../src/slices/campaigns/index.js'
import { aSendingAccount } from '../support/builders/messages.js'
import {
  aCampaignWorld,
  aDraft,
  anAudience,
  aRunningCampaign,
  aTestSender,
  aUser,
  people,
  quoted,
  type CampaignWorld,
} from './campaign-world.js'

let world: CampaignWorld

beforeAll(async () => {
  world = await aCampaignWorld()
})
afterAll(() => world.drop())

test('a quote counts everybody once, with the exact credits and the reason of each skip', async () => {
  const accountId = await aSendingAccount(world.db, 5)
  await people(world, accountId, [
    { firstName: 'Ann' },
    { firstName: 'Zoë 🎈' },
    { firstName: null },
    { country: 'GB', phone: '+447400123456' },
    { consent: 'none' },
    { consent: 'revoked' },
    { country: 'JM', phone: '+18765550100' },
    { numberType: 'fixed-line' },
  ])
  const campaignId = await aDraft(world, accountId, { template: `Hi {{first_name}}, ${'x'.repeat(100)}` })

  const quote = await quoted(world, accountId, campaignId)

  expect(quote).toMatchObject({
    audienceSize: 8,
    recipients: 3,
    skipped: { no_consent: 1, opted_out: 1, country_not_allowed: 1, number_type: 1, field_missing: 1 },
    segmentsMin: 1,
    segmentsTypical: 1,
    segmentsMax: 2,
    // One segment in the US, two of UCS-2 in the US, one in Britain at four credits.
    credits: 1 + 2 + 4,
    creditsMin: 1,
    creditsMax: 4,
    ucs2Recipients: 1,
    culprits: [
      { character: 'ë', recipients: 1 },
      { character: '🎈', recipients: 1 },
    ],
    countries: [
      { country: 'US', recipients: 2, segments: 3, credits: 3 },
      { country: 'GB', recipients: 1, segments: 1, credits: 4 },
    ],
    availableCredits: 5,
    shortfallCredits: 2,
    expectedSeconds: 1,
    staleReasons: [],
  })
})

test('tags, excluded tags and an import choose the audience together', async () => {
  const accountId = await aSendingAccount(world.db, 5)
  const [importId, emptyImportId] = [newId<ImportId>(), newId<ImportId>()]
  await readQuery(
    world.db,
    `/* test */ insert into contact_import (id, account_id, file_name, started_by, created_at, updated_at)
     select id, $2, 'people.csv', 'ada', clock_timestamp(), clock_timestamp() from unnest($1::uuid[]) as t (id)`,
    [[importId, emptyImportId], accountId],
  )
  await people(world, accountId, [
    { tags: ['vip'], importId },
    { tags: ['vip', 'new'], importId },
    { tags: ['vip'] },
    { tags: ['gold'], importId },
    { tags: [], importId },
  ])
  const sizeOf = async (audience: object): Promise<number> =>
    (await quoted(world, accountId, await aDraft(world, accountId, { audience }))).audienceSize

  expect(await sizeOf({})).toBe(5)
  expect(await sizeOf({ tags: ['VIP', 'gold'] })).toBe(4)
  expect(await sizeOf({ tags: ['vip', 'gold'], importId })).toBe(3)
  expect(await sizeOf({ tags: ['vip'], excludeTags: ['new'], importId })).toBe(1)
  expect(await sizeOf({ importId: emptyImportId })).toBe(0)
})

test('credits kept in reserve for appointments do not count as available', async () => {
  const { accountId } = await anAudience(world, 10, 4)
  await readQuery(
    world.db,
    '/* test */ update account_control set reserve_credits = 8 where account_id = $1',
    [accountId],
  )

  const quote = await quoted(world, accountId, await aDraft(world, accountId))

  expect(quote).toMatchObject({ availableCredits: 2, shortfallCredits: 2 })
})

test('a text that is too long for the carrier refuses the quote and names the contact', async () => {
  const accountId = await aSendingAccount(world.db, 5)
  const [, long] = await people(world, accountId, [{}, { attributes: { note: 'y'.repeat(1_600) } }])
  const campaignId = await aDraft(world, accountId, { template: '{{note|-}}' })

  const result = await quoteCampaign(world.deps, aUser(accountId), { campaignId })

  expect(result).toMatchObject({ ok: false, reason: 'body-too-long', contactId: long!.contactId })
})

test('a field that no contact has any more refuses the quote with its place', async () => {
  const accountId = await aSendingAccount(world.db, 5)
  await people(world, accountId, [{ attributes: { plan: 'gold' } }])
  const campaignId = await aDraft(world, accountId, { template: 'Your {{plan}}' })
  await readQuery(world.db, `/* test */ update contact set attributes = '{}' where account_id = $1`, [
    accountId,
  ])

  expect(await quoteCampaign(world.deps, aUser(accountId), { campaignId })).toMatchObject({
    ok: false,
    reason: 'field-unknown',
    problem: { position: 6 },
  })
})

test('a quote says when it is stale, and why', async () => {
  const { accountId } = await anAudience(world, 10, 1)
  const campaignId = await aDraft(world, accountId)
  const { id: quoteId } = await quoted(world, accountId, campaignId)
  const reasons = async (): Promise<unknown> =>
    (await findQuote(world.deps, aUser(accountId), { campaignId, quoteId }))?.staleReasons

  expect(await reasons()).toEqual([])
  await updateCampaign(world.deps, aUser(accountId), { campaignId, name: 'Only the name', autoResume: true })
  expect(await reasons()).toEqual([])
  await updateCampaign(world.deps, aUser(accountId), { campaignId, audience: { tags: ['vip'] } })
  expect(await reasons()).toEqual(['content-changed'])
  await updateCampaign(world.deps, aUser(accountId), { campaignId, audience: {} })
  expect(await reasons()).toEqual([])
  world.clock.advance({ hours: 24, seconds: 1 })
  expect(await reasons()).toEqual(['expired'])
})

test('what is charged in the end is exactly what was quoted', async () => {
  const accountId = await aSendingAccount(world.db, 1_000)
  await people(
    world,
    accountId,
    Array.from({ length: 60 }, (_, place) => ({
      firstName: place % 7 === 0 ? 'Зоя' : 'Z'.repeat(place),
      attributes: { note: 'n'.repeat(place * 3) },
      consent: place % 11 === 0 ? ('none' as const) : ('granted' as const),
    })),
  )
  const sender = await aTestSender(world)
  const { campaignId, quote } = await aRunningCampaign(world, accountId, {
    template: '{{first_name|}} {{note|}} end',
  })

  const sent = await sender.run(campaignId)

  const [tally] = await readQuery<{ captured_credits: string; held_credits: string }>(
    world.db,
    '/* test */ select captured_credits, held_credits from message_tally where campaign_id = $1',
    [campaignId],
  )
  expect(sent).toHaveLength(quote.recipients)
  expect(tally).toEqual({ captured_credits: String(quote.credits), held_credits: '0' })
})

test('an audience of many pages is quoted whole', async () => {
  const { accountId } = await anAudience(world, 0, 4_100)

  const quote = await quoted(world, accountId, await aDraft(world, accountId))

  expect(quote).toMatchObject({ audienceSize: 4_100, recipients: 4_100, credits: 4_100 })
})
