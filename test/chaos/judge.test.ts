import { expect, test } from '@jest/globals'
import type { Facts, MessageFact, RecordedText } from '../../chaos/oracle/facts.js'
import { judge, total, type Harm } from '../../chaos/oracle/judge.js'

// An oracle that finds nothing is worth as much as its proof that it would have found something.

const message = (id: string, more: Partial<MessageFact> = {}): MessageFact => ({
  id,
  accountId: 'acme',
  campaignId: 'spring',
  state: 'accepted',
  cost: 1,
  campaignState: 'completed',
  pauseReason: null,
  ...more,
})

const text = (n: number, more: Partial<RecordedText> = {}): RecordedText => ({
  sid: `SM${n}`,
  to: `+1202555000${n}`,
  textHash: 'aa',
  attemptId: `attempt-${n}`,
  acceptedAtMs: n,
  ...more,
})

const attempt = (n: number, state = 'accepted', isCaptured = true) => ({
  id: `attempt-${n}`,
  messageId: `message-${n}`,
  state,
  sid: state === 'accepted' ? `SM${n}` : null,
  isCaptured,
})

/** Two messages that both reached their phones and were paid. */
const healthy: Facts = {
  record: [text(1), text(2)],
  messages: [message('message-1'), message('message-2')],
  attempts: [attempt(1), attempt(2)],
  balances: [{ accountId: 'acme', held: 0, granted: 10, refunded: 0 }],
  forgottenRecipients: 0,
  corrections: [{ key: 'k', asked: 10, booked: 10 }],
}

test('a run in which everybody was reached once and everything was paid is clean', () => {
  expect(judge(healthy)).toEqual([])
})

const planted: readonly (readonly [string, Harm, number, Partial<Facts>])[] = [
  [
    'a second text of one message, by two attempts',
    'duplicates',
    1,
    {
      record: [...healthy.record, text(3, { to: '+12025550001' })],
      attempts: [...healthy.attempts, { ...attempt(3), messageId: 'message-1' }],
    },
  ],
  [
    'the same attempt accepted twice',
    'duplicates',
    1,
    { record: [...healthy.record, text(1, { sid: 'SM9' })] },
  ],
  [
    'the same words to the same phone by another message',
    'duplicates',
    1,
    {
      record: [...healthy.record, text(3, { to: '+12025550001' })],
      messages: [...healthy.messages, message('message-3')],
      attempts: [...healthy.attempts, attempt(3)],
    },
  ],
  [
    'a text that no attempt asked for',
    'unbilled',
    1,
    { record: [...healthy.record, text(3, { attemptId: null })] },
  ],
  [
    'a text whose hold was given back',
    'unbilled',
    1,
    {
      attempts: [attempt(1), attempt(2, 'absent', false)],
      messages: [message('message-1'), message('message-2', { state: 'failed' })],
    },
  ],
  ['a message that is said to be sent and never was', 'lost', 1, { record: [text(1)] }],
  [
    'a message that nobody sends any more',
    'lost',
    1,
    {
      record: [text(1)],
      attempts: [attempt(1)],
      messages: [message('message-1'), message('message-2', { state: 'pending' })],
    },
  ],
  ['recipients without a message', 'lost', 4, { forgottenRecipients: 4 }],
  [
    'more texts than credits',
    'beyondCredits',
    1,
    { balances: [{ accountId: 'acme', held: 0, granted: 1, refunded: 0 }] },
  ],
  [
    'credits that stay held',
    'heldCredits',
    3,
    { balances: [{ accountId: 'acme', held: 3, granted: 10, refunded: 0 }] },
  ],
  [
    'an outcome that stays unknown',
    'unresolvedUnknown',
    1,
    {
      record: [text(1)],
      attempts: [attempt(1), attempt(2, 'unknown', false)],
      messages: [message('message-1'), message('message-2', { state: 'unknown' })],
    },
  ],
  [
    'a grant that was booked twice',
    'appliedTwice',
    1,
    { corrections: [{ key: 'k', asked: 10, booked: 20 }] },
  ],
  [
    'a grant that was answered and never booked',
    'appliedTwice',
    1,
    { corrections: [{ key: 'k', asked: 10, booked: 0 }] },
  ],
]

test.each(planted)('%s is found as %s', (_what, harm, amount, change) => {
  const findings = judge({ ...healthy, ...change })
  expect(findings.map((finding) => finding.harm)).toEqual([harm])
  expect(total(findings, harm)).toBe(amount)
})

test('who waits for credits is not lost, and a test text may repeat the words of its campaign', () => {
  const waiting = message('message-2', {
    state: 'pending',
    campaignState: 'paused',
    pauseReason: 'credits_exhausted',
  })
  const single = message('message-3', { campaignId: null, campaignState: null })
  const facts: Facts = {
    ...healthy,
    record: [text(1), text(3, { to: '+12025550001' })],
    messages: [message('message-1'), waiting, single],
    attempts: [attempt(1), attempt(3)],
  }
  expect(judge(facts)).toEqual([])
})
