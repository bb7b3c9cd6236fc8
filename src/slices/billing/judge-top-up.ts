import { DateTime } from 'luxon'
import type { Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { classifyDecline, restAfterDecline, type Decline, type DeclineClass } from './domain/decline-table.js'
import { openTopUpStates, commitLate, moveTopUp, returnAmount, type TopUp } from './store/top-ups.js'
import { lockSetting, makeDue, writeRest } from './store/top-up-settings.js'
import { switchTopUpOff } from './switch-top-up-off.js'

/** After a success: a campaign that spends fast must not charge a card every minute. */
const COOLDOWN_MINUTES = 10
/** How soon an open payment is asked for again when no event comes. */
const LOOK_AGAIN_MINUTES = 30

export interface TopUpPaymentFacts {
  id: string
  status: string
  failure: Decline | null
}

/**
 * What a payment says about the top-up that it is of. The end is written once; a success is stronger than an end that was
 * written before it, because the money is taken.
 */
export async function judgeTopUp(tx: Tx, topUp: TopUp, payment: TopUpPaymentFacts, now: Date): Promise<void> {
  switch (payment.status) {
    case 'succeeded':
      return succeed(tx, topUp, payment.id, now)
    case 'canceled':
      return giveUpConfirming(tx, topUp, payment.id, now)
    case 'requires_payment_method':
    case 'requires_confirmation':
    case 'requires_action':
      return payment.failure === null && payment.status !== 'requires_payment_method'
        ? waitFor(tx, topUp, 'requires_action', payment.id, now)
        : declineTopUp(tx, topUp, { paymentId: payment.id, decline: payment.failure ?? noWords, now })
    default:
      // `processing`, and whatever Stripe may invent: nothing is known yet, nothing is granted.
      return waitFor(tx, topUp, 'processing', payment.id, now)
  }
}

const noWords: Decline = { code: null, declineCode: null, adviceCode: null }

async function succeed(tx: Tx, topUp: TopUp, paymentId: string, now: Date): Promise<void> {
  if (topUp.state === 'succeeded') return
  if (!openTopUpStates.includes(topUp.state)) await commitLate(tx, topUp)
  await moveTopUp(tx, topUp, { state: 'succeeded', paymentId, failure: null, lookAt: now, endedAt: now })
  const until = DateTime.fromJSDate(now).plus({ minutes: COOLDOWN_MINUTES }).toJSDate()
  await writeRest(tx, topUp.accountId, { failures: 0, until })
  await makeDue(tx, topUp.accountId, until)
  await tell(tx, topUp, { state: 'succeeded', credits: topUp.credits })
}

async function waitFor(
  tx: Tx,
  topUp: TopUp,
  state: 'processing' | 'requires_action',
  paymentId: string,
  now: Date,
): Promise<void> {
  if (!openTopUpStates.includes(topUp.state)) return
  const lookAt = DateTime.fromJSDate(now).plus({ minutes: LOOK_AGAIN_MINUTES }).toJSDate()
  await moveTopUp(tx, topUp, { state, paymentId, failure: null, lookAt, endedAt: null })
  if (topUp.state !== state) await tell(tx, topUp, { state })
}

/**
 * A charge was declined. When the bank wants its customer, the payment stays open for a day and so does the top-up: nothing
 * else is charged meanwhile. Otherwise it ends, its amount is free again under the cap, and the next one waits, longer
 * each time, or until somebody switches top-up on again.
 */
export async function declineTopUp(
  tx: Tx,
  topUp: TopUp,
  answer: { paymentId: string | null; decline: Decline; now: Date },
): Promise<void> {
  const { paymentId, decline, now } = answer
  if (!openTopUpStates.includes(topUp.state)) return
  const kind = classifyDecline(decline)
  if (kind === 'authenticate' && paymentId !== null)
    return waitFor(tx, topUp, 'requires_action', paymentId, now)
  const failure = decline.declineCode ?? decline.code ?? 'declined'
  await endTopUp(tx, topUp, { state: 'failed', failure, paymentId, now })
  await rest(tx, topUp, { kind, failure, now })
}

/**
 * A payment ended that nobody confirmed. It counts as a decline: a card that wants its owner every time is not charged
 * without them day after day.
 */
async function giveUpConfirming(tx: Tx, topUp: TopUp, paymentId: string, now: Date): Promise<void> {
  if (!openTopUpStates.includes(topUp.state)) return
  const failure = 'not-confirmed'
  await endTopUp(tx, topUp, { state: 'canceled', failure, paymentId, now })
  await rest(tx, topUp, { kind: 'later', failure, now })
}

/** The next charge waits, longer each time; after the last one top-up is switched off. */
async function rest(
  tx: Tx,
  topUp: TopUp,
  { kind, failure, now }: { kind: DeclineClass; failure: string; now: Date },
): Promise<void> {
  const setting = await lockSetting(tx, topUp.accountId)
  const failures = (setting?.failures ?? 0) + 1
  const restMs = restAfterDecline(kind, failures)
  const until = new Date(now.getTime() + (restMs ?? 0))
  await writeRest(tx, topUp.accountId, { failures, until })
  if (restMs !== null) return makeDue(tx, topUp.accountId, until)
  await switchTopUpOff(tx, topUp.accountId, failure, now)
}

/** Ends a top-up that took no money. */
export async function endTopUp(
  tx: Tx,
  topUp: TopUp,
  how: { state: 'failed' | 'canceled'; failure: string; paymentId: string | null; now: Date },
): Promise<void> {
  if (!openTopUpStates.includes(topUp.state)) return
  const { state, failure, paymentId, now } = how
  await moveTopUp(tx, topUp, { state, failure, paymentId, lookAt: now, endedAt: now })
  await returnAmount(tx, topUp)
  await makeDue(tx, topUp.accountId, DateTime.fromJSDate(now).plus({ minutes: COOLDOWN_MINUTES }).toJSDate())
  await tell(tx, topUp, { state, failure })
}

async function tell(tx: Tx, topUp: TopUp, payload: Record<string, unknown>): Promise<void> {
  const { accountId, id } = topUp
  await appendEvent(tx, { accountId, topic: 'billing', payload: { kind: 'top-up', topUpId: id, ...payload } })
}
