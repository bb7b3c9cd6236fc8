import { z } from 'zod'
import { attachCard, newCard } from './cards.js'
import { paySession, settleSession, type PayResult } from './checkout.js'
import { answerBank, finishSlow } from './intents.js'
import {
  appeal,
  closeDispute,
  createRefund,
  moveRefund,
  openDispute,
  reinstate,
  warnOfFraud,
  withdraw,
} from './money-back.js'
import type { CardBehaviour, Dispute, Refund } from './objects.js'
import { changeBehaviour, type Behaviour, type BehaviourPatch } from './options.js'
import { need, type PaymentState } from './payment-state.js'
import { runDue } from './run-due.js'
import { endSubscription } from './subscriptions.js'

/** What a person, a bank or the passing of time may do, as functions; `/control` serves them to other processes. */
export interface PaymentsControl {
  change: (patch: BehaviourPatch) => Behaviour
  /** Moves the virtual clock, and lets everything happen that is due by then. */
  advance: (ms: number) => number
  runDue: () => number
  pay: (sessionId: string, number?: string) => PayResult
  setCard: (methodId: string, behaviour: CardBehaviour) => void
  addCard: (customerId: string, number?: string) => string
  answerBank: (paymentId: string, isYes: boolean) => void
  finishSlow: (paymentId: string, isPaid: boolean) => void
  refund: (paymentId: string, amount?: number, status?: Refund['status']) => string
  moveRefund: (refundId: string, status: Refund['status']) => void
  dispute: (paymentId: string, how?: { inquiry?: boolean; amount?: number }) => string
  moveDispute: (disputeId: string, to: DisputeMove) => void
  warnOfFraud: (paymentId: string) => string
  setSubscription: (subscriptionId: string, to: SubscriptionMove) => void
}

export const disputeMoves = ['withdraw', 'reinstate', 'won', 'lost', 'warning_closed', 'appeal'] as const
export type DisputeMove = (typeof disputeMoves)[number]

export type SubscriptionMove =
  | { kind: 'end' }
  | { kind: 'status'; status: string; cause?: string }
  | { kind: 'collection'; paused: boolean }

export function makeControl(state: PaymentState): PaymentsControl {
  return {
    change: (patch) => (state.behaviour = changeBehaviour(state.behaviour, patch)),
    advance: (ms) => {
      state.offsetMs += ms
      return runDue(state)
    },
    runDue: () => runDue(state),
    pay: (id, number = '4242424242424242') =>
      paySession(state, need(state.sessions, 'checkout.session', id), { number }),
    setCard: (id, behaviour) => {
      state.cards.set(id, behaviour)
    },
    addCard: (customerId, number = '4242424242424242') => {
      const method = newCard(state, number)
      attachCard(state, method, customerId)
      return method.id
    },
    answerBank: (id, isYes) => {
      answerBank(state, need(state.intents, 'payment_intent', id), isYes)
      settleSession(state, id, isYes)
    },
    finishSlow: (id, isPaid) => {
      finishSlow(state, need(state.intents, 'payment_intent', id), isPaid)
      settleSession(state, id, isPaid)
    },
    refund: (id, amount, status) => createRefund(state, id, amount ?? null, status).id,
    moveRefund: (id, status) => {
      moveRefund(state, need(state.refunds, 'refund', id), status)
    },
    dispute: (id, how = {}) =>
      openDispute(state, id, { inquiry: how.inquiry ?? false, amount: how.amount ?? null }).id,
    moveDispute: (id, to) => {
      moveDispute(state, need(state.disputes, 'dispute', id), to)
    },
    warnOfFraud: (id) => warnOfFraud(state, id).id,
    setSubscription: (id, to) => {
      setSubscription(state, id, to)
    },
  }
}

function moveDispute(state: PaymentState, dispute: Dispute, to: DisputeMove): void {
  switch (to) {
    case 'withdraw':
      withdraw(state, dispute)
      return
    case 'reinstate':
      reinstate(state, dispute)
      return
    case 'appeal':
      appeal(state, dispute)
      return
    case 'won':
    case 'lost':
    case 'warning_closed':
      closeDispute(state, dispute, to)
  }
}

function setSubscription(state: PaymentState, id: string, to: SubscriptionMove): void {
  const subscription = need(state.subscriptions, 'subscription', id)
  switch (to.kind) {
    case 'end':
      endSubscription(state, subscription)
      return
    case 'status':
      subscription.status = to.status
      subscription.status_details.paused =
        to.status === 'paused' ? { subscription: { type: to.cause ?? 'pause_requested' } } : {}
      break
    case 'collection':
      subscription.pause_collection = to.paused ? { behavior: 'void', resumes_at: null } : null
  }
  state.emit('customer.subscription.updated', subscription)
}

/** `POST /control/<name>` with a list of arguments as JSON; `GET /control/summary` shows the counts. */
export function answerControl(
  state: PaymentState,
  control: PaymentsControl,
  name: string,
  body: string,
): { status: number; value: unknown } {
  if (name === 'summary') return { status: 200, value: summary(state) }
  const act = Object.hasOwn(control, name) ? control[name as keyof PaymentsControl] : undefined
  if (act === undefined) return { status: 404, value: { error: `no control named ${name}` } }
  const args = z.array(z.unknown()).parse(body === '' ? [] : JSON.parse(body))
  const value: unknown = (act as (...args: unknown[]) => unknown)(...args)
  return { status: 200, value: { result: value ?? null } }
}

function summary(state: PaymentState): Record<string, number> {
  return {
    customers: state.customers.size,
    sessions: state.sessions.size,
    payments: state.intents.size,
    succeeded: [...state.intents.values()].filter((intent) => intent.status === 'succeeded').length,
    refunds: state.refunds.size,
    disputes: state.disputes.size,
    subscriptions: state.subscriptions.size,
    invoices: state.invoices.size,
    events: state.events.size,
  }
}
