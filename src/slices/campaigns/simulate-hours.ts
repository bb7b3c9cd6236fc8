import type { CampaignId, ContactId } from '../../kernel/ids.js'
import { currentPriceBook } from '../credits/index.js'
import { judgeHours, readAccountHours, type HoursVerdict } from '../messages/index.js'
import type { CampaignDeps, Caller } from './campaign-deps.js'
import { audienceQuery } from './quote-campaign.js'
import { readAccountRules } from './store/account-rules.js'
import { readAudiencePage, type AudienceMember } from './store/audience.js'
import { readCampaign } from './store/campaigns.js'

const PAGE_SIZE = 2_000
/** Groups that an answer has at most; there are fewer states and zones than this in any audience of one country. */
const GROUPS_MAX = 500

/** Recipients who are told apart by nothing that matters for the time. */
export interface HoursGroup {
  recipients: number
  zones: readonly string[]
  regions: readonly string[]
  source: string
  isOpen: boolean
  opensAt: Date | null
  opensAtLocal: string[]
  why: string | null
}

export interface HoursSimulation {
  startAt: Date
  recipients: number
  /** Who can be texted at the start. */
  openAtStart: number
  /** When the last ones can be. */
  lastOpensAt: Date | null
  /** For whom no hour is open in all places. */
  neverOpen: number
  /** Earliest first, larger ones before smaller. */
  groups: HoursGroup[]
  /** Recipients in groups beyond those that are listed. */
  otherRecipients: number
}

/**
 * When each recipient of a campaign could be texted if it started at an instant, and why: by the same functions as the
 * gate. Goes through the audience as it is now, page by page, with one group in memory for each kind of place. Frequency
 * cap, pace and credits are not in it. Null for a campaign of somebody else.
 */
export async function simulateHours(
  deps: CampaignDeps,
  caller: Caller,
  input: { campaignId: CampaignId; startAt: Date | null },
): Promise<HoursSimulation | null> {
  const { accountId } = caller
  const campaign = await readCampaign(deps.db, accountId, input.campaignId)
  const hours = await readAccountHours(deps.db, accountId)
  if (campaign === null || hours === null) return null
  const now = deps.clock.now().toJSDate()
  const asked = { purpose: campaign.purpose, rules: hours.rules, at: input.startAt ?? now }
  const [{ allowedCountries }, book] = await Promise.all([
    readAccountRules(deps.db, accountId),
    currentPriceBook(deps.db, now),
  ])
  const query = audienceQuery(campaign, allowedCountries, book)
  const groups = new Map<string, HoursGroup>()
  const verdicts = new Map<string, HoursVerdict>()
  let after: ContactId | null = null
  for (;;) {
    const page: AudienceMember[] = await readAudiencePage(deps.db, query, { after, limit: PAGE_SIZE })
    for (const member of page) {
      if (member.skipReason !== null) continue
      const { phone, zone, region } = member.contact
      const key = `${phone.slice(0, 10)} ${zone ?? ''} ${region ?? ''}`
      let verdict = verdicts.get(key)
      if (verdict === undefined) {
        verdict = judgeHours({ phone, zone, region }, asked)
        if (verdicts.size >= VERDICTS_MAX) verdicts.clear()
        verdicts.set(key, verdict)
      }
      count(groups, verdict)
    }
    after = page.at(-1)?.contactId ?? null
    if (page.length < PAGE_SIZE) return summed(asked.at, [...groups.values()])
  }
}

const VERDICTS_MAX = 20_000

function count(groups: Map<string, HoursGroup>, { hours, ...verdict }: HoursVerdict): void {
  const key = `${verdict.source} ${verdict.regions.join('&')} ${hours.key}`
  const group = groups.get(key)
  if (group === undefined) groups.set(key, { ...verdict, recipients: 1 })
  else group.recipients += 1
}

function summed(startAt: Date, groups: readonly HoursGroup[]): HoursSimulation {
  const when = (group: HoursGroup): number => group.opensAt?.getTime() ?? Infinity
  const sorted = [...groups].sort((a, b) => when(a) - when(b) || b.recipients - a.recipients)
  const sum = (some: readonly HoursGroup[]): number =>
    some.reduce((total, group) => total + group.recipients, 0)
  const opening = sorted.filter((group) => group.opensAt !== null)
  return {
    startAt,
    recipients: sum(sorted),
    openAtStart: sum(sorted.filter((group) => group.isOpen)),
    lastOpensAt: opening.at(-1)?.opensAt ?? null,
    neverOpen: sum(sorted.filter((group) => group.opensAt === null)),
    groups: sorted.slice(0, GROUPS_MAX),
    otherRecipients: sum(sorted.slice(GROUPS_MAX)),
  }
}
