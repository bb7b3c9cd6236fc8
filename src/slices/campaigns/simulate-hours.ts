import { assert } from '../../kernel/assert.js'
import type { CampaignId, ContactId } from '../../kernel/ids.js'
import { currentPriceBook } from '../credits/index.js'
import { readAccountHours } from '../messages/index.js'
import type { CampaignDeps, Caller } from './campaign-deps.js'
import { checkAudience, type AudienceCheck } from './check-audience.js'
import type { AudienceInput } from './domain/audience.js'
import type { Purpose } from './domain/opt-out-footer.js'
import { HoursTally, type HoursSimulation } from './hours-tally.js'
import { audienceQuery } from './quote-campaign.js'
import { readAccountRules } from './store/account-rules.js'
import { readAudiencePage, type AudienceMember } from './store/audience.js'
import { readCampaign, type Campaign } from './store/campaigns.js'

const PAGE_SIZE = 2_000

/**
 * When each recipient of a campaign could be texted if it started at an instant, and why: by the same functions as the
 * gate. Goes through the audience as it is now, page by page. Frequency cap, pace and credits are not in it. Null for a
 * campaign of somebody else.
 */
export async function simulateHours(
  deps: CampaignDeps,
  caller: Caller,
  input: { campaignId: CampaignId; startAt: Date | null },
): Promise<HoursSimulation | null> {
  const campaign = await readCampaign(deps.db, caller.accountId, input.campaignId)
  return campaign === null ? null : simulate(deps, campaign, input.startAt)
}

export type SimulateAudienceResult =
  { ok: true; simulation: HoursSimulation } | Extract<AudienceCheck, { ok: false }>

/**
 * The same for an audience and a purpose, before there is a campaign: who counts is whoever would be a recipient now.
 * Refuses what is no audience, and an import that the account does not have. Stores nothing.
 */
export async function simulateAudienceHours(
  deps: CampaignDeps,
  caller: Caller,
  input: { audience: AudienceInput; purpose: Purpose; startAt: Date | null },
): Promise<SimulateAudienceResult> {
  const { accountId } = caller
  const chosen = await checkAudience(deps, accountId, input.audience)
  if (!chosen.ok) return chosen
  const who = { accountId, audience: chosen.audience, purpose: input.purpose }
  const simulation = await simulate(deps, who, input.startAt)
  return { ok: true, simulation }
}

async function simulate(
  deps: CampaignDeps,
  who: Pick<Campaign, 'accountId' | 'audience' | 'purpose'>,
  startAt: Date | null,
): Promise<HoursSimulation> {
  const hours = await readAccountHours(deps.db, who.accountId)
  assert(hours !== null, 'the account that asks is there')
  const now = deps.clock.now().toJSDate()
  const [{ allowedCountries }, book] = await Promise.all([
    readAccountRules(deps.db, who.accountId),
    currentPriceBook(deps.db, now),
  ])
  const query = audienceQuery(who, allowedCountries, book)
  const tally = new HoursTally({ purpose: who.purpose, rules: hours.rules, at: startAt ?? now })
  let after: ContactId | null = null
  for (;;) {
    const page: AudienceMember[] = await readAudiencePage(deps.db, query, { after, limit: PAGE_SIZE })
    for (const member of page) if (member.skipReason === null) tally.add(member.contact)
    after = page.at(-1)?.contactId ?? null
    if (page.length < PAGE_SIZE) return tally.simulation()
  }
}
