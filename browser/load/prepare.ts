import { demoPeople } from '../../src/app/seed.js'
import type { AccountId } from '../../src/kernel/ids.js'
import { pause } from '../../src/kernel/pause.js'
import type { Db } from '../../src/platform/db/data-source.js'
import { inTransaction, readQuery } from '../../src/platform/db/transaction.js'
import { grantCredits } from '../../src/slices/credits/index.js'
import type { ServerView } from '../server-view.js'

/** Within the time that a statement may take. */
const CHUNK = 25_000
const AREAS = ['212', '312', '415', '206', '617']

/** Contacts with consent, and credits for two campaigns to all of them. By SQL: importing is measured elsewhere. */
export async function addPeople(db: Db, people: number): Promise<void> {
  const accountId = await demoAccount(db)
  await inTransaction(db, { name: 'load.grant', accountId }, (tx) =>
    grantCredits(tx, { accountId, credits: people * 4, source: 'purchase', origin: 'load', actor: 'load' }),
  )
  for (let from = 1; from <= people; from += CHUNK) {
    await addChunk(db, accountId, from, Math.min(people, from + CHUNK - 1))
  }
  await readQuery(db, 'vacuum analyze contact, consent, consent_event')
}

async function addChunk(db: Db, accountId: AccountId, from: number, to: number): Promise<void> {
  await readQuery(
    db,
    `with added as (
       insert into contact (id, account_id, phone, country, number_type, first_name, last_name, tags, created_at, updated_at)
       select uuidv7(), $1, '+1' || ($2::text[])[1 + i % cardinality($2)] || (6000000 + i)::text, 'US', 'fixed-line-or-mobile',
         'Person', 'Number ' || i, array['load', 'group-' || i % 20], now(), now()
       from generate_series($3::int, $4::int) i on conflict do nothing
       returning phone
     )
     insert into consent_event (account_id, phone, purpose, action, level, method, occurred_at, recorded_at)
     select $1, phone, 'marketing', 'grant', 'written', 'import', now(), now() from added order by phone`,
    [accountId, AREAS, from, to],
  )
}

/** Makes a campaign to everybody, quotes it and starts it, as the console does. */
export async function startCampaign(server: ServerView, name: string): Promise<string> {
  const made = await server.ask<{ createCampaign: { id: string } }>(
    `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { ... on Campaign { id } ... on Refused { message } } }`,
    { input: { name, template: 'Spring sale at Acme, {{first_name|friend}}: 20 % off until Friday.' } },
  )
  const campaignId = made.createCampaign.id
  const quoted = await server.ask<{ quoteCampaign: { id: string } }>(
    `mutation ($id: ID!) { quoteCampaign(campaignId: $id) { ... on CampaignQuote { id } ... on Refused { message } } }`,
    { id: campaignId },
  )
  const started = await server.ask<{ startCampaign: { state?: string; message?: string } }>(
    `mutation ($id: ID!, $quote: ID!, $key: IdempotencyKey!) { startCampaign(campaignId: $id, quoteId: $quote, idempotencyKey: $key) {
       ... on Campaign { state } ... on Refused { message } } }`,
    { id: campaignId, quote: quoted.quoteCampaign.id, key: `load-${campaignId}` },
  )
  if (started.startCampaign.state !== 'RUNNING')
    throw new Error(`the campaign does not run: ${JSON.stringify(started)}`)
  return campaignId
}

/** What an earlier run has left would be sent first. */
export async function endCampaigns(server: ServerView): Promise<void> {
  const { campaigns } = await server.ask<{ campaigns: { edges: { node: { id: string } }[] } }>(
    '{ campaigns(states: [RUNNING, PAUSED]) { edges { node { id } } } }',
  )
  for (const { node } of campaigns.edges)
    await server.ask('mutation ($id: ID!) { cancelCampaign(campaignId: $id) { __typename } }', node)
}

const UNDER_WAY = 1_000
const WARM_MS_MAX = 180_000

/** Until its first texts have gone out: from then on it goes as fast as it can. */
export async function untilUnderWay(server: ServerView, id: string): Promise<void> {
  const giveUpAt = performance.now() + WARM_MS_MAX
  while ((await standingOf(server, id)).accepted < UNDER_WAY) {
    if (performance.now() > giveUpAt) throw new Error('the campaign does not get under way')
    await pause(500)
  }
}

export interface Standing {
  state: string
  accepted: number
  audienceSize: number
}

export async function standingOf(server: ServerView, id: string): Promise<Standing> {
  const { campaign } = await server.ask<{ campaign: { progress: Standing } }>(
    'query ($id: ID!) { campaign(id: $id) { progress { state accepted audienceSize } } }',
    { id },
  )
  return campaign.progress
}

export async function hasRunningCampaign(db: Db): Promise<boolean> {
  const rows = await readQuery(db, `select from campaign_control where state = 'running'`)
  return rows.length > 0
}

export async function messagesIn(db: Db): Promise<number> {
  const [row] = await readQuery<{ n: string }>(db, 'select count(*) as n from message')
  return Number(row?.n ?? 0)
}

async function demoAccount(db: Db): Promise<AccountId> {
  const [row] = await readQuery<{ id: AccountId }>(db, 'select id from account where name = $1', [
    demoPeople[0].account,
  ])
  if (row === undefined) throw new Error('the demo account is not there')
  return row.id
}
