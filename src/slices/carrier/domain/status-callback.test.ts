import { expect, test } from '@jest/globals'
import { parseInboundText, parseStatusCallback } from './status-callback.js'

const sid = `SM${'a1'.repeat(16)}`

test('a report needs a sid and a status that we know; everything else may be missing or new', () => {
  expect(parseStatusCallback({ MessageSid: sid, MessageStatus: 'sent', Whatever: 'x' })).toEqual({
    ok: true,
    report: { sid, status: 'sent', errorCode: null, to: null, from: null, messagingServiceSid: null },
  })
  expect(parseStatusCallback({ SmsSid: sid, SmsStatus: 'Failed', ErrorCode: '30008' })).toMatchObject({
    report: { sid, status: 'failed', errorCode: 30008 },
  })
  expect(parseStatusCallback({ MessageSid: 'SM1', MessageStatus: 'sent' })).toEqual({
    ok: false,
    reason: 'no-message-sid',
  })
  expect(parseStatusCallback({ MessageStatus: 'sent' })).toEqual({ ok: false, reason: 'no-message-sid' })
  expect(parseStatusCallback({ MessageSid: sid, MessageStatus: 'teleported' })).toEqual({
    ok: false,
    reason: 'unknown-status',
  })
  expect(parseStatusCallback({ MessageSid: sid })).toEqual({ ok: false, reason: 'unknown-status' })
})

test('a field that comes twice counts once, and a code that is no number not at all', () => {
  expect(
    parseStatusCallback({ MessageSid: [sid, 'x'], MessageStatus: 'failed', ErrorCode: '30008; drop' }),
  ).toMatchObject({
    report: { sid, errorCode: null },
  })
})

test('an incoming text may be empty, and names both numbers', () => {
  expect(
    parseInboundText({
      MessageSid: sid,
      From: '+14155550100',
      To: '+15005550006',
      OptOutType: 'STOP',
      NumSegments: '2',
    }),
  ).toEqual({
    ok: true,
    text: {
      sid,
      from: '+14155550100',
      to: '+15005550006',
      body: '',
      messagingServiceSid: null,
      segments: 2,
      optOutType: 'STOP',
    },
  })
  expect(parseInboundText({ MessageSid: sid, From: '+14155550100', Body: 'hi' })).toEqual({
    ok: false,
    reason: 'no-numbers',
  })
  expect(parseInboundText({ From: '+14155550100', To: '+15005550006' })).toEqual({
    ok: false,
    reason: 'no-message-sid',
  })
  expect(parseInboundText({ MessageSid: sid, From: '+1', To: '+2', OptOutType: 'LOUD' })).toMatchObject({
    text: { optOutType: null },
  })
})
