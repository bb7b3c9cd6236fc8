import { Counter, Gauge } from 'prom-client'
import { announceSender, type PostSlots, type SenderPace } from '../slices/messages/index.js'
import type { BreakerState } from '../slices/carrier/index.js'
import type { AppContext } from './app-context.js'

/** What a worker process keeps about the sender that it posts from. */
export interface SenderLine {
  sender: { id: number; address: string }
  slots: PostSlots
  pace: SenderPace
}

const breakerValues: Readonly<Record<BreakerState, number>> = { closed: 0, 'half-open': 1, open: 2 }

/**
 * Counts and announces what the carrier makes this process do, and looks for work as soon as the breaker lets a call
 * through. Announcements follow one another; one that fails is logged and delays nothing.
 */
export function followCarrier(
  app: AppContext,
  line: SenderLine,
  look: () => Promise<void>,
): { stop(): Promise<void> } {
  const meters = metersOf(app)
  const { address } = line.sender
  const callsMax = app.config.protocol.concurrency
  let announcedCalls = callsMax
  let work: Promise<void> = Promise.resolve()
  let stopped = false
  const then = (step: () => Promise<unknown>): void => {
    if (stopped) return
    work = work.then(step).then(
      () => undefined,
      (error: unknown) => {
        app.logger.error({ err: error }, 'worker.carrier-news.failed')
      },
    )
  }
  app.carrier.onBreakerChange((sender, state) => {
    if (sender !== address || stopped) return
    meters.breaker.set(breakerValues[state])
    meters.changes.inc({ state })
    if (state === 'closed') line.slots.slowStart()
    then(() => announceSender(app, { kind: `breaker_${state === 'half-open' ? 'half_open' : state}` }))
    if (state !== 'open') then(look)
  })
  meters.calls.set(callsMax)
  line.slots.onChange((calls) => {
    meters.calls.set(calls)
    const isNews = calls <= announcedCalls / 2 || (calls === callsMax && announcedCalls < callsMax)
    if (!isNews) return
    announcedCalls = calls
    then(() => announceSender(app, { kind: 'calls_at_once', calls, callsMax }))
  })
  return {
    stop: async () => {
      stopped = true
      await work
    },
  }
}

function metersOf({ metrics }: AppContext) {
  const registers = [metrics.registry]
  return {
    breaker: new Gauge({
      name: 'tollgate_sender_breaker',
      help: 'Circuit breaker of the sender in this process: 0 closed, 1 half-open, 2 open',
      registers,
    }),
    changes: new Counter({
      name: 'tollgate_sender_breaker_changes_total',
      help: 'Changes of the circuit breaker, by the state that it changed to',
      labelNames: ['state'],
      registers,
    }),
    calls: new Gauge({
      name: 'tollgate_sender_calls_at_once',
      help: 'Calls to the carrier that may be under way at once in this process, as the carrier bears them',
      registers,
    }),
  }
}
