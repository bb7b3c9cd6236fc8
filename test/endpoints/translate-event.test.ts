import { expect, test } from '@jest/globals'
import { translateEvent, type LoggedEvent } from '../../src/slices/endpoints/domain/translate-event.js'

const event = (topic: string, payload: Record<string, unknown>): LoggedEvent => ({
  topic,
  campaignId: 'a-campaign',
  messageIds: ['a-message'],
  payload,
})

test.each([
  ['messages', { kind: 'accepted' }, 'message.sent'],
  ['messages', { kind: 'delivered', report: 'delivery' }, 'message.delivered'],
  ['messages', { kind: 'undelivered', report: 'delivery' }, 'message.undelivered'],
  ['messages', { kind: 'failed', report: 'delivery' }, 'message.failed'],
  ['messages', { kind: 'failed' }, 'message.failed'],
  ['messages', { kind: 'refused', reasons: { no_consent: 1 } }, 'message.skipped'],
  ['messages', { kind: 'unknown' }, 'message.unknown'],
  ['messages', { kind: 'email', report: 'sent' }, 'message.emailed'],
  ['messages', { kind: 'email', report: 'failed' }, null],
  ['messages', { kind: 'dispatching' }, null],
  ['messages', { kind: 'deferred' }, null],
  ['messages', { kind: 'pending' }, null],
  ['campaigns', { kind: 'state', state: 'paused', pauseReason: 'credits_exhausted' }, 'campaign.paused'],
  ['campaigns', { kind: 'state', state: 'completed', pauseReason: null }, 'campaign.completed'],
  ['campaigns', { kind: 'state', state: 'draft', pauseReason: null }, null],
  ['campaigns', { kind: 'state', state: 'running', from: 'draft' }, 'campaign.started'],
  ['campaigns', { kind: 'state', state: 'running', from: 'scheduled' }, 'campaign.started'],
  ['campaigns', { kind: 'state', state: 'running', from: 'paused' }, 'campaign.resumed'],
  ['campaigns', { kind: 'changed', state: 'running' }, null],
  ['campaigns', { kind: 'changed', state: 'cancelled' }, null],
  ['campaigns', { kind: 'prepared' }, null],
  ['credits', { kind: 'grant', credits: 5, lotNo: 1, source: 'purchase' }, 'credits.granted'],
  ['billing', { kind: 'top-up', topUpId: 't', state: 'requested', credits: 5 }, 'top_up.started'],
  ['billing', { kind: 'payment', paymentId: 'p', status: 'succeeded' }, null],
  ['inbox', { kind: 'received', conversationId: 'c', inboundId: 'i', class: 'other' }, 'reply.received'],
  ['inbox', { kind: 'opted_out', conversationId: 'c' }, null],
  ['consent', { action: 'revoke', method: 'inbound_sms', eventIds: ['e'] }, 'consent.revoked'],
  ['consent', { action: 'unreachable', count: 3 }, null],
  ['appointments', { kind: 'no_show', appointmentId: 'a', revision: 2 }, 'appointment.no_show'],
  ['appointments', { kind: 'notified', appointmentIds: ['a'] }, null],
  ['account', { sendingStopped: true, reason: 'r' }, 'account.sending_stopped'],
  ['account', { sendingStopped: false }, 'account.sending_resumed'],
  ['account', { kind: 'quiet_hours' }, null],
  ['operations', { kind: 'rate_limited' }, null],
  ['a topic of tomorrow', { kind: 'accepted' }, null],
])('of %s with %j receivers are told %s', (topic, payload, type) => {
  expect(translateEvent(event(topic, payload))?.type ?? null).toBe(type)
})

test('a pause says why, and what is told of messages names them and their campaign', () => {
  const paused = event('campaigns', { kind: 'state', state: 'paused', pauseReason: 'credits_exhausted' })
  expect(translateEvent(paused)?.data).toEqual({ campaignId: 'a-campaign', reason: 'credits_exhausted' })
  expect(translateEvent(event('messages', { kind: 'delivered' }))).toMatchObject({
    data: { campaignId: 'a-campaign' },
    detail: { kind: 'messages', ids: ['a-message'] },
  })
})
