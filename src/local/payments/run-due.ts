import { expireSession } from './checkout.js'
import type { PaymentState } from './payment-state.js'
import { chargeInvoice, itemOf, renew } from './subscriptions.js'

/** What happens at one moment, and when. */
interface Due {
  atMs: number
  run: () => void
}

/** More than any honest span of time holds: a guard against a clock that was set years ahead. */
const STEPS_MAX = 10_000

/**
 * Everything whose time has come, in the order of its time: periods that end, invoices that are charged, sessions that
 * run out. Each happens at the present moment: whoever wants it to the hour moves the clock in hours.
 */
export function runDue(state: PaymentState): number {
  const nowMs = state.nowMs()
  for (let steps = 0; steps < STEPS_MAX; steps += 1) {
    const next = nextDue(state)
    if (next === null || next.atMs > nowMs) return steps
    next.run()
  }
  return STEPS_MAX
}

const living = new Set(['active', 'trialing', 'past_due'])

function nextDue(state: PaymentState): Due | null {
  let next: Due | null = null
  const offer = (due: Due): void => {
    if (next === null || due.atMs < next.atMs) next = due
  }
  for (const subscription of state.subscriptions.values())
    if (living.has(subscription.status))
      offer({
        atMs: itemOf(subscription).current_period_end * 1_000,
        run: () => {
          renew(state, subscription)
        },
      })
  for (const [id, atMs] of state.chargesDue) {
    const invoice = state.invoices.get(id)
    if (invoice !== undefined)
      offer({
        atMs,
        run: () => {
          chargeInvoice(state, invoice)
        },
      })
  }
  for (const session of state.sessions.values())
    if (session.status === 'open')
      offer({
        atMs: session.expires_at * 1_000,
        run: () => {
          expireSession(state, session)
        },
      })
  return next
}
