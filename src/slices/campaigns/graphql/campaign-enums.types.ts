import { registerEnumType } from 'type-graphql'
import type { CampaignState } from '../domain/campaign-state.js'
import { pauseWords, type PauseReason } from '../domain/pause-reason.js'
import type { RecipientState } from '../domain/recipient-state.js'
import { skipWords, type SkipReason } from '../domain/skip-reason.js'

export const CampaignStateEnum = {
  DRAFT: 'draft',
  SCHEDULED: 'scheduled',
  RUNNING: 'running',
  PAUSED: 'paused',
  COMPLETED: 'completed',
  CANCELLED: 'cancelled',
} as const satisfies Record<string, CampaignState>

registerEnumType(CampaignStateEnum, {
  name: 'CampaignState',
  description: 'Where a campaign stands.',
  valuesConfig: {
    DRAFT: { description: 'Being written. Only a draft changes what recipients get.' },
    SCHEDULED: { description: 'Starts by itself at its time, within the credits of the accepted quote.' },
    RUNNING: { description: 'Its texts go out in the frozen order.' },
    PAUSED: { description: 'Nothing more is sent until it is resumed; `pause` says why and what to do.' },
    COMPLETED: { description: 'Every recipient has come to an end.' },
    CANCELLED: { description: 'Ended by somebody. What was in flight then is still settled.' },
  },
})

export const PauseReasonEnum = {
  BY_USER: 'by_user',
  BY_ADMINISTRATOR: 'by_administrator',
  CREDITS_EXHAUSTED: 'credits_exhausted',
  SUBSCRIPTION_INACTIVE: 'subscription_inactive',
  CARRIER_UNAVAILABLE: 'carrier_unavailable',
  ERROR_RATE: 'error_rate',
  CAP_REACHED: 'cap_reached',
  RUNAWAY_GUARD: 'runaway_guard',
  BILLING_DISPUTE: 'billing_dispute',
} as const satisfies Record<string, PauseReason>

/** Each value described with the words that the console shows for it. */
function described<Value extends string>(
  values: Readonly<Record<string, Value>>,
  words: (value: Value) => string,
): Record<string, { description: string }> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { description: words(value) }]),
  )
}

registerEnumType(PauseReasonEnum, {
  name: 'PauseReason',
  description: 'Why a campaign is paused.',
  valuesConfig: described(PauseReasonEnum, (reason) => pauseWords[reason].message),
})

export const SkipReasonEnum = {
  NUMBER_TYPE: 'number_type',
  COUNTRY_NOT_ALLOWED: 'country_not_allowed',
  NO_PRICE: 'no_price',
  OPTED_OUT: 'opted_out',
  NO_CONSENT: 'no_consent',
  UNREACHABLE: 'unreachable',
  CONTACT_DELETED: 'contact_deleted',
  CONTACT_CHANGED: 'contact_changed',
  FIELD_MISSING: 'field_missing',
  BODY_TOO_LONG: 'body_too_long',
  BODY_EMPTY: 'body_empty',
} as const satisfies Record<string, SkipReason>

registerEnumType(SkipReasonEnum, {
  name: 'SkipReason',
  description: 'Why somebody in the audience gets no text.',
  valuesConfig: described(SkipReasonEnum, (reason) => skipWords[reason]),
})

export const RecipientStateEnum = {
  SKIPPED: 'skipped',
  PENDING: 'pending',
  DISPATCHING: 'dispatching',
  UNKNOWN: 'unknown',
  ACCEPTED: 'accepted',
  UNPROVEN: 'unproven',
  FAILED: 'failed',
  SUPPRESSED: 'suppressed',
  CANCELLED: 'cancelled',
  EXPIRED: 'expired',
} as const satisfies Record<string, RecipientState>

registerEnumType(RecipientStateEnum, {
  name: 'RecipientState',
  description: 'Where one recipient of a campaign stands: skipped, or in the state of its message.',
  valuesConfig: {
    SKIPPED: { description: 'Gets no text; `skipReason` says why.' },
    PENDING: { description: 'Waits for its turn. Holds no credits.' },
    DISPATCHING: { description: 'Its credits are held and it is being handed to the carrier.' },
    UNKNOWN: { description: 'The carrier may have it; nobody can tell yet. It is not sent again meanwhile.' },
    ACCEPTED: { description: 'The carrier has it. Charged.' },
    UNPROVEN: { description: 'Closed without proof that the carrier has it. Charged.' },
    FAILED: { description: 'The carrier refused it for good. Not charged.' },
    SUPPRESSED: { description: 'Not sent: the gate found no consent any more. Not charged.' },
    CANCELLED: { description: 'Not sent: the campaign was cancelled. Not charged.' },
    EXPIRED: { description: 'Not sent: it would have come too late. Not charged.' },
  },
})
