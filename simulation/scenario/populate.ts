import { newId, type AccountId, type CampaignId, type ContactId, type QuoteId } from '../../src/kernel/ids.js'
import { assert } from '../../src/kernel/assert.js'
import { inTransaction } from '../../src/platform/db/transaction.js'
import {
  createCampaign,
  quoteCampaign,
  scheduleCampaign,
  startCampaign,
  type Caller,
} from '../../src/slices/campaigns/index.js'
import { grantCredits } from '../../src/slices/credits/index.js'
import { addMessages, senderId } from '../../src/slices/messages/index.js'
import type { SharedConnection } from '../database/shared-connection.js'
import type { ProcessDeps } from '../program/activities.js'
import type { Dice } from '../world/dice.js'
import type { AccountPlan, CampaignPlan, Scenario } from './draw-scenario.js'

export interface Account {
  readonly accountId: AccountId
  readonly contacts: readonly string[]
  readonly campaigns: { campaignId: CampaignId; quoteId: QuoteId }[]
}

type Deps = Pick<ProcessDeps, 'db' | 'clock' | 'campaigns'>

export const callerOf = (accountId: AccountId): Caller => ({ accountId, actor: { kind: 'user', id: 'ada' } })

/** Accounts, people, credits and texts of a scenario, made by the program wherever it has a use case for it. */
export async function populate(
  deps: Deps,
  connection: SharedConnection,
  scenario: Scenario,
  dice: Dice,
  sender: string,
): Promise<{ accounts: Account[]; sender: { id: number; address: string } }> {
  const accounts: Account[] = []
  for (const plan of scenario.accounts) {
    const accountId = newId<AccountId>()
    await openAccount(connection, accountId, plan, scenario.fenced)
    await grant(deps, accountId, plan)
    const account: Account = { accountId, contacts: plan.contacts, campaigns: [] }
    for (const campaign of plan.campaigns)
      account.campaigns.push(await begin(deps, accountId, campaign, dice))
    await addSingles(deps, accountId, plan)
    accounts.push(account)
  }
  return { accounts, sender: { id: await senderId(deps.db, sender), address: sender } }
}

async function openAccount(
  connection: SharedConnection,
  accountId: AccountId,
  plan: AccountPlan,
  fenced: boolean,
): Promise<void> {
  const contactIds = plan.contacts.map(() => newId<ContactId>())
  const everybody = [...new Set([...plan.contacts, ...plan.singles.map((single) => single.phone)])]
  await connection.run(
    `/* simulation.openAccount */ with opened as (insert into account (id, name) values ($1, 'Acme') returning id)
     insert into contact (id, account_id, phone, country, number_type, first_name, created_at, updated_at)
     select c.id, opened.id, c.phone, 'US', 'mobile', 'Ada', $4, $4 from opened, unnest($2::uuid[], $3::text[]) as c (id, phone)`,
    [accountId, contactIds, plan.contacts, '2026-01-01T00:00:00Z'],
  )
  await connection.run(
    `/* simulation.allowSending */ update account_control
     set subscription_state = 'active', unknown_policy = $2, reserve_credits = $3,
       quiet_hours_waiver = 'a simulation' where account_id = $1`,
    [accountId, plan.policy, plan.reserve],
  )
  await connection.run(
    `/* simulation.agree */ insert into consent_event (account_id, phone, purpose, action, level, method, occurred_at, recorded_at)
     select $1, phone, 'marketing', 'grant', 'express', 'import', '2026-01-01', '2026-01-01' from unnest($2::text[]) as p (phone)`,
    [accountId, everybody],
  )
  await connection.run(
    `/* simulation.fence */ update platform_control set fence_proved_at = case when $1 then timestamptz '2026-01-01' end,
     sending_stopped_reason = null`,
    [fenced],
  )
}

async function grant(deps: Deps, accountId: AccountId, plan: AccountPlan): Promise<void> {
  const lots = [
    { credits: plan.credits, expiresAt: null },
    { credits: plan.expiringCredits, expiresAt: deps.clock.now().plus({ minutes: 4 }).toJSDate() },
  ].filter((lot) => lot.credits > 0)
  for (const [index, lot] of lots.entries()) {
    await inTransaction(deps.db, { name: 'simulation.grant', accountId }, (tx) =>
      grantCredits(tx, {
        accountId,
        ...lot,
        source: 'purchase',
        origin: `first:${String(index)}`,
        actor: 'simulation',
      }),
    )
  }
}

async function begin(
  deps: Deps,
  accountId: AccountId,
  plan: CampaignPlan,
  dice: Dice,
): Promise<{ campaignId: CampaignId; quoteId: QuoteId }> {
  const { campaigns } = deps
  const caller = callerOf(accountId)
  const expiresAt =
    plan.expiresInMs === null ? null : deps.clock.now().plus({ milliseconds: plan.expiresInMs }).toJSDate()
  const created = await createCampaign(campaigns, caller, {
    name: 'Spring',
    purpose: 'marketing',
    template: plan.twoSegments ? `Hi. ${'Spring is here. '.repeat(11)}` : 'Hi {{first_name|there}}.',
    audience: {},
    autoResume: plan.autoResume,
    expiresAt,
  })
  assert(created.ok, 'the campaign of a scenario can be made')
  const { campaignId } = created
  const quoted = await quoteCampaign(campaigns, caller, { campaignId })
  assert(quoted.ok, 'the campaign of a scenario can be quoted')
  const quoteId = quoted.quote.id
  const order = { campaignId, quoteId, capCredits: plan.capCredits }
  if (plan.begin === 'running') await startCampaign(campaigns, caller, order)
  if (plan.begin === 'scheduled') {
    const startAt = deps.clock
      .now()
      .plus({ seconds: dice.between(5, 120) })
      .toJSDate()
    await scheduleCampaign(campaigns, caller, { ...order, startAt })
  }
  return { campaignId, quoteId }
}

async function addSingles(deps: Deps, accountId: AccountId, plan: AccountPlan): Promise<void> {
  if (plan.singles.length === 0) return
  const now = deps.clock.now()
  await inTransaction(deps.db, { name: 'simulation.singles', accountId }, (tx) =>
    addMessages(
      tx,
      accountId,
      plan.singles.map((single, index) => ({
        campaignId: null,
        ordinal: null,
        contactId: null,
        purpose: 'marketing',
        phone: single.phone,
        country: 'US',
        body: 'See you tomorrow.',
        encoding: 'GSM-7',
        segments: single.cost,
        cost: single.cost,
        priceVersion: 1,
        expiresAt:
          single.expiresInMs === null ? null : now.plus({ milliseconds: single.expiresInMs }).toJSDate(),
        notBefore: null,
        idemKey: `single:${String(index)}`,
      })),
    ),
  )
}
