import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { newId, type AccountId, type CampaignId, type QuoteId } from '../../src/kernel/ids.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import {
  campaignProgress,
  cloneCampaign,
  createCampaign,
  findCampaign,
  listRecipients,
  prepareAudiences,
  startCampaign,
  updateCampaign,
} from '../../src/slices/campaigns/index.js'
import { prepareChunk } from '../../src/slices/campaigns/prepare-audience.js'
import { aSendingAccount } from '../support/builders/messages.js'
import {
  aCampaignWorld,
  aDraft,
  anAudience,
  aRunningCampaign,
  aUser,
  people,
  prepareAll,
  quoted,
  type CampaignWorld,
} from './campaign-world.js'

let world: CampaignWorld

beforeAll(async () => {
  world = await aCampaignWorld()
})
afterAll(() => world.drop())

const start = (accountId: AccountId, campaignId: CampaignId, quoteId: QuoteId, more: object = {}) =>
  startCampaign(world.deps, aUser(accountId), { campaignId, quoteId, ...more })

async function aQuotedDraft(
  credits: number,
  count: number,
): Promise<{ accountId: AccountId; campaignId: CampaignId; quoteId: QuoteId }> {
  const { accountId } = await anAudience(world, credits, count)
  const campaignId = await aDraft(world, accountId)
  return { accountId, campaignId, quoteId: (await quoted(world, accountId, campaignId)).id }
}

async function ordinals(
  campaignId: CampaignId,
): Promise<{ ordinal: number; contact_id: string; skip_reason: string | null }[]> {
  return readQuery(
    world.db,
    '/* test */ select ordinal, contact_id, skip_reason from recipient where campaign_id = $1 order by ordinal',
    [campaignId],
  )
}

test('the audience is frozen oldest contact first, the skipped included, and stays so', async () => {
  const accountId = await aSendingAccount(world.db, 10)
  const made = await people(world, accountId, [
    { createdAt: '2026-01-03T00:00:00Z' },
    { createdAt: '2026-01-01T00:00:00Z' },
    { createdAt: '2026-01-02T00:00:00Z', consent: 'none' },
    { createdAt: '2026-01-01T00:00:00Z' },
  ])
  const { campaignId } = await aRunningCampaign(world, accountId)
  const before = await ordinals(campaignId)

  await people(world, accountId, [{ createdAt: '2025-01-01T00:00:00Z' }])
  await prepareAll(world)

  const ids = made.map(({ contactId }) => contactId as string)
  expect(before).toEqual([
    { ordinal: 1, contact_id: ids[1], skip_reason: null },
    { ordinal: 2, contact_id: ids[3], skip_reason: null },
    { ordinal: 3, contact_id: ids[2], skip_reason: 'no_consent' },
    { ordinal: 4, contact_id: ids[0], skip_reason: null },
  ])
  expect(await ordinals(campaignId)).toEqual(before)
  expect(await campaignProgress(world.deps, accountId, campaignId)).toMatchObject({
    audienceSize: 4,
    skipped: 1,
    pending: 3,
    nextOrdinal: 1,
  })
})

test('starting twice with the same quote is one start', async () => {
  const { accountId, campaignId, quoteId } = await aQuotedDraft(10, 3)

  const results = [await start(accountId, campaignId, quoteId), await start(accountId, campaignId, quoteId)]
  const keyed = [
    await start(accountId, campaignId, quoteId, { idempotencyKey: 'start-once-1' }),
    await start(accountId, campaignId, quoteId, { idempotencyKey: 'start-once-1' }),
  ]

  expect([...results, ...keyed]).toEqual(Array.from({ length: 4 }, () => ({ ok: true, campaignId })))
  expect(await ordinals(campaignId)).toHaveLength(3)
  expect(
    await start(accountId, campaignId, newId<QuoteId>(), { idempotencyKey: 'start-once-1' }),
  ).toMatchObject({
    reason: 'idempotency-key-reused',
  })
  expect(await start(accountId, campaignId, newId<QuoteId>())).toEqual({
    ok: false,
    reason: 'already-started',
  })
})

test('a quote for other content, an old one and somebody else’s do not start a campaign', async () => {
  const { accountId, campaignId, quoteId } = await aQuotedDraft(10, 3)
  const other = await aQuotedDraft(10, 1)

  expect(await start(accountId, campaignId, other.quoteId)).toEqual({ ok: false, reason: 'quote-not-found' })
  await updateCampaign(world.deps, aUser(accountId), { campaignId, template: 'Changed' })
  expect(await start(accountId, campaignId, quoteId)).toEqual({
    ok: false,
    reason: 'quote-stale',
    staleReasons: ['content-changed'],
  })
  const { id: fresh } = await quoted(world, accountId, campaignId)
  world.clock.advance({ hours: 25 })
  expect(await start(accountId, campaignId, fresh)).toEqual({
    ok: false,
    reason: 'quote-stale',
    staleReasons: ['expired'],
  })
  expect((await findCampaign(world.deps, aUser(accountId), campaignId))?.state).toBe('draft')
  expect(await ordinals(campaignId)).toEqual([])
})

test('an audience that grew beyond its quote is quoted again; one that shrank starts', async () => {
  const { accountId, campaignId, quoteId } = await aQuotedDraft(10, 2)
  const [late] = await people(world, accountId, [{}])

  expect(await start(accountId, campaignId, quoteId)).toEqual({ ok: false, reason: 'audience-grew' })
  await readQuery(world.db, '/* test */ update contact set deleted_at = clock_timestamp() where id = $1', [
    late!.contactId,
  ])
  expect(await start(accountId, campaignId, quoteId)).toMatchObject({ ok: true })
})

test('nobody to text, a lapsed subscription and a stopped account refuse the start and leave a draft', async () => {
  const { accountId, campaignId, quoteId } = await aQuotedDraft(10, 1)
  const control = (change: string): Promise<unknown> =>
    readQuery(world.db, `/* test */ update account_control set ${change} where account_id = $1`, [accountId])

  await control(`subscription_state = 'past_due'`)
  expect(await start(accountId, campaignId, quoteId)).toEqual({ ok: false, reason: 'subscription-inactive' })
  await control(`subscription_state = 'active', sending_stopped_reason = 'abuse'`)
  expect(await start(accountId, campaignId, quoteId)).toEqual({ ok: false, reason: 'account-stopped' })
  await control('sending_stopped_reason = null')
  await readQuery(
    world.db,
    '/* test */ update contact set deleted_at = clock_timestamp() where account_id = $1',
    [accountId],
  )
  expect(await start(accountId, campaignId, quoteId)).toEqual({ ok: false, reason: 'audience-empty' })
  expect(await ordinals(campaignId)).toEqual([])
})

test('the cap is the quote, or what the owner said if that is lower', async () => {
  const capOf = async (accountId: AccountId, campaignId: CampaignId): Promise<unknown> =>
    (await findCampaign(world.deps, aUser(accountId), campaignId))?.capCredits
  const first = await aQuotedDraft(10, 3)
  await start(first.accountId, first.campaignId, first.quoteId, { capCredits: 100 })
  expect(await capOf(first.accountId, first.campaignId)).toBe(3)

  const second = await aQuotedDraft(10, 3)
  await start(second.accountId, second.campaignId, second.quoteId, { capCredits: 2 })
  expect(await capOf(second.accountId, second.campaignId)).toBe(2)

  const { accountId } = await anAudience(world, 10, 3)
  const { campaignId } = await aRunningCampaign(world, accountId, { ownCapCredits: 1 })
  expect(await capOf(accountId, campaignId)).toBe(1)
})

test('who is deleted or changes number after the start is skipped while the text is not prepared yet', async () => {
  const { accountId, campaignId, quoteId } = await aQuotedDraft(10, 4)
  await start(accountId, campaignId, quoteId)
  const frozen = await ordinals(campaignId)
  await readQuery(world.db, '/* test */ update contact set deleted_at = clock_timestamp() where id = $1', [
    frozen[0]!.contact_id,
  ])
  await readQuery(world.db, '/* test */ delete from contact where id = $1', [frozen[1]!.contact_id])
  await readQuery(world.db, `/* test */ update contact set phone = '+12125559999' where id = $1`, [
    frozen[2]!.contact_id,
  ])

  await prepareAll(world)

  expect((await ordinals(campaignId)).map((row) => row.skip_reason)).toEqual([
    'contact_deleted',
    'contact_deleted',
    'contact_changed',
    null,
  ])
  expect(await campaignProgress(world.deps, accountId, campaignId)).toMatchObject({
    audienceSize: 4,
    skippedBy: { contact_deleted: 2, contact_changed: 1 },
    pending: 1,
    unprepared: 0,
  })
})

test('preparation goes on where it stopped, in order, also when two processes do the same chunk', async () => {
  const { accountId, campaignId, quoteId } = await aQuotedDraft(10, 4_500)
  await start(accountId, campaignId, quoteId)
  const messages = (): Promise<{ n: number; first: number; last: number }[]> =>
    readQuery(
      world.db,
      '/* test */ select count(*)::int as n, min(ordinal) as first, max(ordinal) as last from message where campaign_id = $1',
      [campaignId],
    )

  const both = await Promise.all([
    prepareChunk(world.deps, accountId, campaignId),
    prepareChunk(world.deps, accountId, campaignId),
  ])

  expect(both.sort()).toEqual([0, 2_000])
  expect(await messages()).toEqual([{ n: 2_000, first: 1, last: 2_000 }])
  expect(await campaignProgress(world.deps, accountId, campaignId)).toMatchObject({
    pending: 4_500,
    unprepared: 2_500,
  })
  await prepareAll(world)
  expect(await messages()).toEqual([{ n: 4_500, first: 1, last: 4_500 }])
  expect(await prepareAudiences(world.deps)).toEqual({ prepared: 0, more: false })
})

test('recipients are listed in their order and by state', async () => {
  const accountId = await aSendingAccount(world.db, 10)
  await people(world, accountId, [{}, { consent: 'none' }, {}, {}])
  const { campaignId } = await aRunningCampaign(world, accountId)
  const list = async (page: object): Promise<unknown> =>
    (await listRecipients(world.deps, aUser(accountId), { campaignId, after: null, limit: 2, ...page })).map(
      (row) => [row.ordinal, row.state],
    )

  expect(await list({})).toEqual([[1, 'pending'], [2, 'skipped']]) // prettier-ignore
  expect(await list({ after: 2 })).toEqual([[3, 'pending'], [4, 'pending']]) // prettier-ignore
  expect(await list({ states: ['skipped'] })).toEqual([[2, 'skipped']])
})

test('a template with a field that nobody has is refused with its place; a clone keeps the content and nothing else', async () => {
  const { accountId } = await anAudience(world, 10, 1)
  const caller = aUser(accountId)
  const content = { name: 'x', purpose: 'marketing' as const, audience: {} }

  expect(
    await createCampaign(world.deps, caller, { ...content, template: 'Hi {{frist_name}}' }),
  ).toMatchObject({
    ok: false,
    reason: 'field-unknown',
    problem: { position: 4 },
  })
  expect(
    await createCampaign(world.deps, caller, { ...content, template: 'Hi {{constructor}}' }),
  ).toMatchObject({ reason: 'field-unknown' })
  expect(
    await createCampaign(world.deps, caller, { ...content, template: 'Hi', optOutFooter: 'bye' }),
  ).toMatchObject({
    reason: 'footer-without-stop',
  })

  const { campaignId } = await aRunningCampaign(world, accountId, { autoResume: true })
  const cloned = await cloneCampaign(world.deps, caller, { campaignId, idempotencyKey: 'clone-it-1' })
  const again = await cloneCampaign(world.deps, caller, { campaignId, idempotencyKey: 'clone-it-1' })
  expect(again).toEqual(cloned)
  if (!cloned.ok) throw new Error(cloned.reason)
  const original = await findCampaign(world.deps, caller, campaignId)
  expect(await findCampaign(world.deps, caller, cloned.campaignId)).toMatchObject({
    template: original!.template,
    optOutFooter: original!.optOutFooter,
    autoResume: true,
    cloneOf: campaignId,
    state: 'draft',
    quoteId: null,
    capCredits: null,
    startedAt: null,
  })
})

test('what recipients get changes in a draft only; a change in between is not overwritten', async () => {
  const { accountId } = await anAudience(world, 10, 1)
  const caller = aUser(accountId)
  const { campaignId } = await aRunningCampaign(world, accountId)

  expect(await updateCampaign(world.deps, caller, { campaignId, template: 'New' })).toEqual({
    ok: false,
    reason: 'not-draft',
  })
  expect(await updateCampaign(world.deps, caller, { campaignId, autoResume: true, name: 'Renamed' })).toEqual(
    { ok: true, campaignId },
  )
  expect(await findCampaign(world.deps, caller, campaignId)).toMatchObject({
    autoResume: true,
    name: 'Renamed',
  })
})
