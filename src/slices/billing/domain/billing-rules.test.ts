import { expect, test } from '@jest/globals'
import { classifyDecline, restAfterDecline } from './decline-table.js'
import { grantsOf, isForNothing, rollOverShares, type InvoiceLine } from './plan-credits.js'
import { eventTypes, objectsOf } from './stripe-objects.js'
import { accountStateOf } from './subscription-status.js'
import { LOOK_AGAIN_MS, planTopUp, type TopUpFacts } from './top-up-plan.js'

const decline = (code: string | null, declineCode: string | null = null, adviceCode: string | null = null) =>
  classifyDecline({ code, declineCode, adviceCode })

test('advice of the network outranks the issuer, the bank’s question outranks both, and the unknown is tried later', () => {
  expect(decline('card_declined', 'insufficient_funds')).toBe('later')
  expect(decline('card_declined', 'insufficient_funds', 'do_not_try_again')).toBe('hard')
  expect(decline('card_declined', 'lost_card', 'try_again_later')).toBe('later')
  expect(decline('card_declined', 'stolen_card')).toBe('hard')
  expect(decline('authentication_required', 'authentication_required', 'do_not_try_again')).toBe(
    'authenticate',
  )
  expect(decline('card_declined', 'of tomorrow')).toBe('later')
  expect(decline('constructor')).toBe('later')
  expect(decline(null)).toBe('later')
})

test('rests grow from an hour to a day, then it is switched off; a hard decline switches off at once', () => {
  const hours = [1, 2, 3, 4].map((failures) => {
    const rest = restAfterDecline('later', failures)
    return rest === null ? null : rest / 3_600_000
  })
  expect(hours).toEqual([1, 6, 24, null])
  expect(restAfterDecline('hard', 1)).toBeNull()
})

const plan = { code: 'plan', credits: 3_000, trialCredits: 50 }
const line = (changes: Partial<InvoiceLine> = {}): InvoiceLine => ({
  id: 'il_1',
  plan,
  amountMinor: 1_900,
  isSubscriptionLine: true,
  proration: false,
  periodStart: new Date('2026-03-01T00:00:00Z'),
  periodEnd: new Date('2026-04-01T00:00:00Z'),
  ...changes,
})

/** What an invoice of this reason, paid as its period begins, grants. */
const granted = (reason: string | null, lines: readonly InvoiceLine[]) =>
  grantsOf({ reason, paidAt: new Date('2026-03-01T01:00:00Z'), period: null }, lines)

test('only a whole period of a known plan grants, under a reason that is known', () => {
  for (const reason of ['subscription_create', 'subscription_cycle'])
    expect(granted(reason, [line()])).toMatchObject([{ lineId: 'il_1', credits: 3_000 }])
  expect(granted('subscription_create', [line({ amountMinor: 0 })])).toMatchObject([{ credits: 50 }])
  for (const reason of [null, 'manual', 'subscription_threshold', 'of tomorrow'])
    expect(granted(reason, [line()])).toEqual([])
  for (const changes of [
    { plan: null },
    { proration: true },
    { isSubscriptionLine: false },
    { amountMinor: -5 },
  ])
    expect(granted('subscription_cycle', [line(changes)])).toEqual([])
})

test('an upgrade grants what the new plan has more for the time that is left, a downgrade nothing', () => {
  const half = { proration: true, periodStart: new Date('2026-03-16T12:00:00Z') }
  const larger = { code: 'larger', credits: 10_000, trialCredits: 0 }
  const up = [
    line({ ...half, amountMinor: -950 }),
    line({ ...half, id: 'il_2', plan: larger, amountMinor: 4_000 }),
  ]
  const down = [
    line({ ...half, plan: larger, amountMinor: -4_000 }),
    line({ ...half, id: 'il_2', amountMinor: 950 }),
  ]

  expect(granted('subscription_update', up)).toMatchObject([
    { lineId: 'il_2', code: 'larger', credits: 3_500 },
  ])
  expect(granted('subscription_update', down)).toEqual([])
})

test('an upgrade at the beginning of a short month brings the whole difference', () => {
  const part = {
    proration: true,
    periodStart: new Date('2026-01-31T12:00:00Z'),
    periodEnd: new Date('2026-02-28T12:00:00Z'),
  }
  const small = { code: 'small', credits: 5_000, trialCredits: 0 }
  const large = { code: 'large', credits: 25_000, trialCredits: 0 }
  const lines = [
    line({ ...part, plan: small, amountMinor: -4_900 }),
    line({ ...part, id: 'il_2', plan: large, amountMinor: 19_900 }),
  ]
  const period = { start: part.periodStart, end: part.periodEnd }
  const bill = { reason: 'subscription_update', paidAt: part.periodStart, period }

  expect(grantsOf(bill, lines)).toMatchObject([{ code: 'large', credits: 20_000 }])
})

test('a paid invoice for a plan that grants nothing is told from an upgrade too small for one credit', () => {
  const nothing = (reason: string | null, lines: readonly InvoiceLine[]) =>
    isForNothing({ reason, paidAt: null, period: null }, lines)
  const late = { proration: true, periodStart: new Date('2026-03-31T23:59:59Z') }

  expect(nothing('manual', [line()])).toBe(true)
  expect(nothing('subscription_cycle', [line({ proration: true })])).toBe(true)
  expect(nothing('subscription_cycle', [line()])).toBe(false)
  expect(nothing('manual', [line({ amountMinor: 0 })])).toBe(false)
  expect(nothing('manual', [line({ plan: null })])).toBe(false)
  expect(nothing('subscription_update', [line({ ...late, amountMinor: 1 })])).toBe(false)
  expect(granted('subscription_update', [line()])).toMatchObject([{ lineId: 'il_1', credits: 3_000 }])
  expect(granted('subscription_update', [line({ amountMinor: 0 })])).toEqual([])
})

test('a period that is paid as it ends or later begins when it is paid', () => {
  const endOf = (paidAt: string) =>
    grantsOf({ reason: 'subscription_cycle', paidAt: new Date(paidAt), period: null }, [line()])[0]?.periodEnd

  expect(endOf('2026-03-31T23:59:59Z')).toEqual(new Date('2026-04-01T00:00:00Z'))
  expect(endOf('2026-04-01T00:00:00Z')).toEqual(new Date('2026-05-02T00:00:00Z'))
})

test('what rolls over is taken oldest first, up to the cap', () => {
  const lots = [{ leftCredits: 30 }, { leftCredits: 0 }, { leftCredits: 100 }]
  expect(rollOverShares(lots, 50).map(({ credits }) => credits)).toEqual([30, 20])
  expect(rollOverShares(lots, 0)).toEqual([])
})

test('the best subscription decides, and one in an unknown state lets nothing out', () => {
  const of = (...statuses: string[]) =>
    accountStateOf(statuses.map((status) => ({ status, collectionPaused: false })))
  expect(of()).toBeNull()
  expect(of('canceled', 'active')).toBe('active')
  expect(of('canceled', 'past_due')).toBe('past_due')
  expect(of('of tomorrow')).toBe('incomplete')
  expect(of('constructor')).toBe('incomplete')
  expect(accountStateOf([{ status: 'trialing', collectionPaused: true }])).toBe('paused')
})

test('every event that is subscribed to names an object of ours', () => {
  const object = {
    id: 'x_1',
    payment_intent: 'pi_1',
    customer: 'cus_1',
    invoice: { id: 'in_1' },
    subscription: null,
    payment: { payment_intent: 'pi_2' },
  }
  for (const type of eventTypes) expect(objectsOf(type, object)).not.toEqual([])
  expect(objectsOf('invoice_payment.paid', object)).toEqual([
    { kind: 'payment', id: 'pi_2' },
    { kind: 'invoice', id: 'in_1' },
  ])
  expect(objectsOf('balance.available', object)).toEqual([])
  expect(objectsOf('payment_intent.succeeded', null)).toEqual([])
})

const facts: TopUpFacts = {
  setting: {
    enabled: true,
    thresholdCredits: 100,
    mode: 'target',
    credits: 1_100,
    monthlyCapMinor: 3_000,
    restUntil: new Date(0),
  },
  availableCredits: 99,
  hasCard: true,
  frozen: false,
  openTopUp: false,
  committedMinor: 0,
  price: { credits: 1_000, amountMinor: 1_500 },
  now: new Date('2026-12-31T23:00:00Z'),
}

test('a target buys what is missing, whole credits at a price rounded up, and never a part of it under the cap', () => {
  expect(planTopUp(facts)).toEqual({ start: true, credits: 1_001, amountMinor: 1_502 })
  expect(planTopUp({ ...facts, committedMinor: 1_498 })).toMatchObject({ start: true })
  expect(planTopUp({ ...facts, committedMinor: 1_499 })).toEqual({
    start: false,
    reason: 'cap-reached',
    lookAgainAt: new Date('2027-01-01T00:00:00Z'),
  })
})

test('nothing is charged above the threshold, twice at once, without a card, while frozen or at rest', () => {
  const reasonOf = (changes: Partial<TopUpFacts>): string | null => {
    const planned = planTopUp({ ...facts, ...changes })
    return planned.start ? null : planned.reason
  }
  expect(reasonOf({ availableCredits: 100 })).toBe('not-low')
  expect(reasonOf({ openTopUp: true })).toBe('one-is-open')
  expect(reasonOf({ hasCard: false })).toBe('no-card')
  expect(reasonOf({ frozen: true })).toBe('frozen')
  expect(reasonOf({ setting: null })).toBe('off')
  expect(reasonOf({ setting: { ...facts.setting!, restUntil: new Date('2027-01-01T00:00:00Z') } })).toBe(
    'resting',
  )
})

test.each([
  ['of a stopped account', { frozen: true }],
  ['without a price', { price: null }],
])('a top-up %s is looked at again, because nobody will tell when it could go on', (_which, changes) => {
  expect(planTopUp({ ...facts, ...changes })).toMatchObject({
    start: false,
    lookAgainAt: new Date(facts.now.getTime() + LOOK_AGAIN_MS),
  })
})
