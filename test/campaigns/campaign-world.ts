import { randomUUID } from 'node:crypto'
import { newId, type AccountId, type CampaignId, type ContactId, type QuoteId } from '../../src/kernel/ids.js'
import { seededRandom } from '../../src/kernel/random.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import {
  createCampaign,
  prepareAudiences,
  quoteCampaign,
  runnableLanes,
  startCampaign,
  type CampaignDeps,
  type Caller,
  type CreateCampaignInput,
  type QuoteView,
} from '../../src/slices/campaigns/index.js'
import { explainFailure, measureSegments } from '../../src/slices/carrier/index.js'
import {
  claimMessages,
  senderId,
  settleAttempts,
  type AttemptReport,
  type ClaimedMessage,
  type Lane,
} from '../../src/slices/messages/index.js'
import { aSendingAccount, somePhones, theyAgree, type SendingAccount } from '../support/builders/messages.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { fixedClock, type FixedClock } from '../support/fixed-clock.js'

/** A database, a clock and everything that campaigns need, with short words for what tests do with them. */
export interface CampaignWorld extends TestDatabase {
  clock: FixedClock
  deps: CampaignDeps
}

export async function aCampaignWorld(): Promise<CampaignWorld> {
  const database = await createTestDatabase()
  const clock = fixedClock()
  const deps = { db: database.db, clock, measureSegments, explainFailure, sendRatePerSecond: 100 }
  return { ...database, clock, deps }
}

export function aUser(accountId: AccountId): Caller {
  return { accountId, actor: { kind: 'user', id: 'ada' } }
}

export function anAdministrator(accountId: AccountId): Caller {
  return { accountId, actor: { kind: 'admin', id: 'root' } }
}

export interface PersonInput {
  phone?: string
  country?: string
  numberType?: string
  firstName?: string | null
  tags?: string[]
  attributes?: Record<string, unknown>
  importId?: string | null
  createdAt?: string
  consent?: 'granted' | 'revoked' | 'none'
}

/** Contacts in this order, with their consent to marketing. */
export async function people(
  world: CampaignWorld,
  accountId: AccountId,
  inputs: readonly PersonInput[],
): Promise<{ contactId: ContactId; phone: string }[]> {
  const phones = somePhones(inputs.length)
  const rows = inputs.map((input, place) => ({
    id: newId<ContactId>(),
    phone: input.phone ?? phones[place]!,
    country: input.country ?? 'US',
    number_type: input.numberType ?? 'mobile',
    first_name: input.firstName === undefined ? `P${String(place)}` : input.firstName,
    tags: input.tags ?? [],
    attributes: input.attributes ?? {},
    import_id: input.importId ?? null,
    at: input.createdAt ?? '2026-01-01T00:00:00Z',
  }))
  await readQuery(
    world.db,
    `/* test.people */
     insert into contact (id, account_id, phone, country, number_type, first_name, tags, attributes, import_id, created_at, updated_at)
     select id, $1, phone, country, number_type, first_name, tags, attributes, import_id, at, at
     from jsonb_to_recordset($2::jsonb) as r (id uuid, phone text, country text, number_type text, first_name text, tags text[],
       attributes jsonb, import_id uuid, at timestamptz)`,
    [accountId, JSON.stringify(rows)],
  )
  const saying = (consent: string): string[] =>
    rows.filter((_, place) => (inputs[place]!.consent ?? 'granted') === consent).map((row) => row.phone)
  await theyAgree(world.db, accountId, [...saying('granted'), ...saying('revoked')])
  await theyRefuse(world, accountId, saying('revoked'))
  return rows.map((row) => ({ contactId: row.id, phone: row.phone }))
}

export async function theyRefuse(
  world: CampaignWorld,
  accountId: AccountId,
  phones: readonly string[],
): Promise<void> {
  await readQuery(
    world.db,
    `/* test.theyRefuse */
     insert into consent_event (account_id, phone, purpose, action, method, occurred_at, recorded_at)
     select $1, phone, 'marketing', 'revoke', 'inbound_sms', '2026-02-01', '2026-02-01' from unnest($2::text[]) as p (phone)`,
    [accountId, phones],
  )
}

/** An account that may send, with credits and so many plain contacts. */
export async function anAudience(
  world: CampaignWorld,
  credits: number,
  count: number,
  given: SendingAccount = {},
): Promise<{ accountId: AccountId; phones: string[] }> {
  const accountId = await aSendingAccount(world.db, credits, given)
  const made = await people(
    world,
    accountId,
    Array.from({ length: count }, () => ({})),
  )
  return { accountId, phones: made.map(({ phone }) => phone) }
}

export async function aDraft(
  world: CampaignWorld,
  accountId: AccountId,
  input: Partial<CreateCampaignInput> = {},
): Promise<CampaignId> {
  const created = await createCampaign(world.deps, aUser(accountId), {
    name: 'Spring',
    purpose: 'marketing',
    template: 'Hi {{first_name|there}}, spring is here.',
    audience: {},
    ...input,
  })
  if (!created.ok) throw new Error(`the campaign was refused: ${created.reason}`)
  return created.campaignId
}

export async function quoted(
  world: CampaignWorld,
  accountId: AccountId,
  campaignId: CampaignId,
): Promise<QuoteView> {
  const result = await quoteCampaign(world.deps, aUser(accountId), { campaignId })
  if (!result.ok) throw new Error(`the quote was refused: ${result.reason}`)
  return result.quote
}

/** A running campaign whose recipients are all messages. */
export async function aRunningCampaign(
  world: CampaignWorld,
  accountId: AccountId,
  input: Partial<CreateCampaignInput> & { capCredits?: number } = {},
): Promise<{ campaignId: CampaignId; quoteId: QuoteId; quote: QuoteView }> {
  const { capCredits = null, ...content } = input
  const campaignId = await aDraft(world, accountId, content)
  const quote = await quoted(world, accountId, campaignId)
  const started = await startCampaign(world.deps, aUser(accountId), {
    campaignId,
    quoteId: quote.id,
    capCredits,
  })
  if (!started.ok) throw new Error(`the start was refused: ${started.reason}`)
  await prepareAll(world)
  return { campaignId, quoteId: quote.id, quote }
}

export async function prepareAll(world: CampaignWorld): Promise<void> {
  while ((await prepareAudiences(world.deps)).more);
}

export type Answer = (message: ClaimedMessage) => AttemptReport['outcome'] | null

export const accept: Answer = () => ({ kind: 'accepted', sid: `SM${randomUUID().replaceAll('-', '')}` })

/** What the sender does with a campaign's lane, one claim at a time. An answer of null leaves the call under way. */
export interface TestSender {
  /** Claims once and settles what is answered. Returns what was claimed. */
  step(campaignId: CampaignId, limit: number, answer?: Answer): Promise<ClaimedMessage[]>
  /** Claims until the lane is blocked or empty. */
  run(campaignId: CampaignId, answer?: Answer): Promise<ClaimedMessage[]>
  settle(accountId: AccountId, campaignId: CampaignId, reports: readonly AttemptReport[]): Promise<void>
}

export async function aTestSender(world: CampaignWorld): Promise<TestSender> {
  const address = '+12125550000'
  const sender = { id: await senderId(world.db, address), address }
  const settleDeps = { db: world.db, clock: world.clock, random: seededRandom(1) }

  const laneOf = async (campaignId: CampaignId): Promise<Lane | undefined> =>
    (await runnableLanes(world.deps)).find((lane) => lane.campaignId === campaignId)

  async function work(lane: Lane, limit: number, answer: Answer): Promise<ClaimedMessage[]> {
    const notAfter = world.clock.now().plus({ seconds: 30 }).toJSDate()
    const deadByMs = world.clock.monotonicMs() + 30_000
    const claim = { lane, sender, worker: 'test', limit, notAfter, deadByMs, fenced: false }
    const { claimed, block } = await claimMessages({ db: world.db, clock: world.clock }, claim)
    const reports = claimed.flatMap((message) => {
      const outcome = answer(message)
      return outcome === null ? [] : [{ attemptId: message.attemptId, outcome }]
    })
    if (reports.length > 0) {
      await settleAttempts(settleDeps, lane.accountId, reports, 'worker')
      await lane.onSettled(summarise(reports))
    }
    if (block !== null) await lane.onBlocked(block)
    return claimed
  }

  return {
    step: async (campaignId, limit, answer = accept) => {
      const lane = await laneOf(campaignId)
      return lane === undefined ? [] : work(lane, limit, answer)
    },
    run: async (campaignId, answer = accept) => {
      const all: ClaimedMessage[] = []
      for (;;) {
        const lane = await laneOf(campaignId)
        const claimed = lane === undefined ? [] : await work(lane, 100, answer)
        if (claimed.length === 0) return all
        all.push(...claimed)
      }
    },
    settle: async (accountId, campaignId, reports) => {
      await settleAttempts(settleDeps, accountId, reports, 'worker')
      const lane = await laneOf(campaignId)
      await lane?.onSettled(summarise(reports))
    },
  }
}

function summarise(reports: readonly AttemptReport[]): Parameters<Lane['onSettled']>[0] {
  const byClass: Record<string, number> = {}
  let accepted = 0
  let unknown = 0
  for (const { outcome } of reports) {
    if (outcome.kind === 'accepted') accepted += 1
    else if (outcome.kind === 'unknown') unknown += 1
    else if (outcome.kind === 'not_sent')
      byClass[outcome.failureClass] = (byClass[outcome.failureClass] ?? 0) + 1
  }
  return { byClass, accepted, unknown }
}
