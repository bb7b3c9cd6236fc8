import { assert } from '../../../kernel/assert.js'
import { seesContent, type Role } from '../../../platform/access/viewer.js'
import type { AccountEvent } from '../../../platform/realtime/event-log.js'
import { maskPhone } from '../../contacts/index.js'
import type { CampaignProgress } from '../campaign-progress.js'
import { campaignStates } from '../domain/campaign-state.js'
import { IN_DEBT, resumesByItself } from '../domain/may-go-on.js'
import { debtWords, pauseWords } from '../domain/pause-reason.js'
import { staleWords } from '../domain/quote-freshness.js'
import { skipReasons, skipWords, type SkipCounts } from '../domain/skip-reason.js'
import type { Campaign, Recipient } from '../find-campaigns.js'
import type { QuoteView } from '../find-quote.js'
import type { PreviewSample } from '../preview-template.js'
import type { CampaignEventType } from './campaign-event.types.js'
import {
  type CampaignPauseType,
  type CampaignProgressType,
  type CampaignQuoteType,
  type SkippedCountType,
} from './campaign-figures.types.js'
import {
  CampaignType,
  type CampaignRecipientType,
  type CampaignStartProblemType,
  type TemplateSampleType,
} from './campaigns.types.js'
import { startRefusals } from './refusals.js'

export function toCampaign(campaign: Campaign): CampaignType {
  const { audience } = campaign
  return Object.assign(new CampaignType(), {
    ...campaign,
    pause: toPause(campaign),
    audience: {
      tags: audience.tags ?? [],
      excludeTags: audience.excludeTags ?? [],
      importId: audience.importId ?? null,
    },
    startProblem: toStartProblem(campaign.startProblem),
  })
}

type Paused = Pick<Campaign, 'pauseReason' | 'pauseDetail' | 'autoResume'>

function toPause({ pauseReason, pauseDetail, autoResume }: Paused): CampaignPauseType | null {
  if (pauseReason === null) return null
  const paused = { reason: pauseReason, detail: pauseDetail, autoResume, carrierAvailable: true }
  const words = pauseDetail === IN_DEBT ? debtWords : pauseWords[pauseReason]
  return { reason: pauseReason, ...words, resumesByItself: resumesByItself(paused) }
}

function toStartProblem(reason: string | null): CampaignStartProblemType | null {
  if (reason !== 'audience-empty' && reason !== 'too-late') return null
  return { reason, ...startRefusals[reason] }
}

export function toEvent({ seq, at, campaignId, payload }: AccountEvent): CampaignEventType {
  assert(campaignId !== null, 'an event of a campaign names it')
  const { kind, state } = payload
  return {
    seq,
    at,
    kind: typeof kind === 'string' ? kind : 'unknown',
    campaignId,
    state: campaignStates.find((known) => known === state) ?? null,
  }
}

export function toSkipped(counts: SkipCounts): SkippedCountType[] {
  return skipReasons
    .map((reason) => ({ reason, message: skipWords[reason], recipients: counts[reason] ?? 0 }))
    .filter(({ recipients }) => recipients > 0)
    .sort((left, right) => right.recipients - left.recipients)
}

export function toQuote(quote: QuoteView): CampaignQuoteType {
  return {
    ...quote,
    skipped: toSkipped(quote.skipped),
    isStale: quote.staleReasons.length > 0,
    staleReasons: quote.staleReasons.map((reason) => ({ reason, message: staleWords[reason] })),
  }
}

export function toProgress(progress: CampaignProgress): CampaignProgressType {
  return {
    ...progress,
    pause: toPause(progress),
    skippedBy: toSkipped(progress.skippedBy),
    nextPlace: progress.nextOrdinal,
    nextOpeningAt: progress.nextOpeningAt,
  }
}

export function toRecipient(recipient: Recipient, role: Role): CampaignRecipientType {
  const { phone, ordinal } = recipient
  return { ...recipient, place: ordinal, phone: seesContent(role) ? phone : maskPhone(phone) }
}

export function toSample(sample: PreviewSample, role: Role): TemplateSampleType {
  const { contactId, body, skipReason, measure, credits } = sample
  return {
    contactId,
    body: seesContent(role) ? body : null,
    skipReason,
    encoding: measure?.encoding ?? null,
    segments: measure?.segments ?? null,
    culprits: [...(measure?.nonGsmCharacters ?? [])],
    credits,
  }
}
