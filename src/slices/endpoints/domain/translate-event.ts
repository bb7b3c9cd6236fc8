import type { EventType } from './event-types.js'

/** An event of the account's log, as far as this is concerned. */
export interface LoggedEvent {
  topic: string
  campaignId: string | null
  messageIds: readonly string[]
  payload: Readonly<Record<string, unknown>>
}

/** What is read elsewhere to tell an event in full. */
export interface Detail {
  kind: 'messages' | 'consents' | 'replies'
  ids: readonly string[]
}

export interface Translated {
  type: EventType
  data: Record<string, unknown>
  detail: Detail | null
}

type Reading = (event: LoggedEvent) => Translated | null
type Payload = LoggedEvent['payload']

const text = (payload: Payload, name: string): string | null =>
  typeof payload[name] === 'string' ? payload[name] : null
const number = (payload: Payload, name: string): number | null =>
  typeof payload[name] === 'number' ? payload[name] : null
const plain = (type: EventType, data: Record<string, unknown>): Translated => ({ type, data, detail: null })

/** By `kind` of the payload. What is missing here changes nothing that receivers act on. */
const ofMessages: Readonly<Record<string, EventType>> = {
  accepted: 'message.sent',
  delivered: 'message.delivered',
  undelivered: 'message.undelivered',
  failed: 'message.failed',
  refused: 'message.skipped',
  suppressed: 'message.skipped',
  cancelled: 'message.skipped',
  unknown: 'message.unknown',
  unproven: 'message.unproven',
}

const ofCampaigns: Readonly<Record<string, EventType>> = {
  scheduled: 'campaign.scheduled',
  running: 'campaign.started',
  paused: 'campaign.paused',
  completed: 'campaign.completed',
  cancelled: 'campaign.cancelled',
}

const ofCredits: Readonly<Record<string, EventType>> = {
  grant: 'credits.granted',
  refund: 'credits.refunded',
  expiry: 'credits.expired',
  adjustment: 'credits.adjusted',
  rollback: 'credits.adjusted',
}

const ofAppointments: Readonly<Record<string, EventType>> = {
  booked: 'appointment.booked',
  changed: 'appointment.changed',
  moved: 'appointment.moved',
  confirmed: 'appointment.confirmed',
  cancelled: 'appointment.cancelled',
  completed: 'appointment.completed',
  no_show: 'appointment.no_show',
}

const readings: Readonly<Record<string, Reading>> = {
  messages: ({ payload, campaignId, messageIds: ids }) => {
    const kind = text(payload, 'kind') ?? ''
    if (kind === 'email')
      return text(payload, 'report') === 'sent'
        ? { type: 'message.emailed', data: { campaignId }, detail: { kind: 'messages', ids } }
        : null
    const type = ofMessages[kind]
    return type === undefined ? null : { type, data: { campaignId }, detail: { kind: 'messages', ids } }
  },
  campaigns: ({ payload, campaignId }) => {
    const type = ofCampaigns[text(payload, 'state') ?? '']
    if (type === undefined || campaignId === null || text(payload, 'kind') !== 'state') return null
    if (type === 'campaign.paused') return plain(type, { campaignId, reason: text(payload, 'pauseReason') })
    const goesOn = type === 'campaign.started' && text(payload, 'from') === 'paused'
    return plain(goesOn ? 'campaign.resumed' : type, { campaignId })
  },
  credits: ({ payload, messageIds }) => {
    const type = ofCredits[text(payload, 'kind') ?? '']
    if (type === undefined) return null
    const data = { credits: number(payload, 'credits'), lotNo: number(payload, 'lotNo') }
    if (type === 'credits.granted') return plain(type, { ...data, source: text(payload, 'source') })
    if (type === 'credits.refunded') return plain(type, { credits: data.credits, messageIds })
    return plain(type, type === 'credits.adjusted' ? data : { credits: data.credits })
  },
  billing: ({ payload }) => {
    const kind = text(payload, 'kind')
    if (kind === 'top-up-off') return plain('top_up.switched_off', { reason: text(payload, 'reason') })
    if (kind !== 'top-up') return null
    const data = { topUpId: text(payload, 'topUpId') }
    const state = text(payload, 'state')
    if (state === 'requested')
      return plain('top_up.started', { ...data, credits: number(payload, 'credits') })
    return state === 'failed' ? plain('top_up.failed', { ...data, reason: text(payload, 'failure') }) : null
  },
  inbox: ({ payload }) => {
    const inboundId = text(payload, 'inboundId')
    if (inboundId === null) return null
    const data = { conversationId: text(payload, 'conversationId'), inboundId, class: text(payload, 'class') }
    return { type: 'reply.received', data, detail: { kind: 'replies', ids: [inboundId] } }
  },
  consent: ({ payload }) => {
    const { eventIds } = payload
    const action = text(payload, 'action')
    if ((action !== 'grant' && action !== 'revoke') || !Array.isArray(eventIds)) return null
    const ids = eventIds.filter((id): id is string => typeof id === 'string')
    const type = action === 'grant' ? 'consent.granted' : 'consent.revoked'
    return { type, data: { method: text(payload, 'method') }, detail: { kind: 'consents', ids } }
  },
  appointments: ({ payload }) => {
    const type = ofAppointments[text(payload, 'kind') ?? '']
    const appointmentId = text(payload, 'appointmentId')
    if (type === undefined || appointmentId === null) return null
    return plain(type, { appointmentId, revision: number(payload, 'revision') })
  },
  account: ({ payload }) => {
    if (text(payload, 'kind') === 'webhook_disabled')
      return plain('endpoint.disabled', {
        endpointId: text(payload, 'endpointId'),
        reason: text(payload, 'reason'),
      })
    const state = text(payload, 'subscriptionState')
    if (state !== null) return plain('account.subscription_changed', { state })
    const stopped = payload['sendingStopped']
    if (stopped === true) return plain('account.sending_stopped', { reason: text(payload, 'reason') })
    return stopped === false ? plain('account.sending_resumed', {}) : null
  },
}

/** What a receiver is told about an event of the log; null for what is of no use to it. */
export function translateEvent(event: LoggedEvent): Translated | null {
  return readings[event.topic]?.(event) ?? null
}
