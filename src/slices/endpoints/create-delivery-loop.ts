import { createConsumerLoop, type ConsumeLog, type ConsumerLoop } from '../webhooks/index.js'
import { CALLS_MAX } from './domain/limits.js'
import type { DeliverDeps } from './endpoint-deps.js'
import { firstPlace, followEvents } from './follow-events.js'
import { sendDelivery, takeDue } from './send-delivery.js'
import { giveUpLost } from './settle-delivery.js'
import { hasWork } from './store/follow-rows.js'

const nothing = { read: 0, failed: 0, quarantined: 0 }

export interface DeliveryLoopDeps extends DeliverDeps {
  log: ConsumeLog
  /** Whether nothing may leave at present, as after a restore. */
  isHeld: () => Promise<boolean>
}

/**
 * Follows the logs and keeps calls going: a pass takes what there are free places for and waits for none of its calls, so that
 * a receiver that never answers costs its own few places and nobody's time. Draining waits for the calls under way.
 */
export function createDeliveryLoop(deps: DeliveryLoopDeps, options: { pollMs: number }): ConsumerLoop {
  const place = firstPlace()
  const underWay = new Set<Promise<void>>()
  const loop = createConsumerLoop(pass, { pollMs: options.pollMs, log: deps.log })

  async function pass(): Promise<typeof nothing> {
    if (!(await hasWork(deps.db, deps.clock.now().toJSDate())) || (await deps.isHeld())) return nothing
    const lost = await giveUpLost(deps, (error) => {
      deps.log.warn({ err: error }, 'endpoints.settle.failed')
    })
    const seen = await followEvents(deps, place, (error) => {
      deps.log.warn({ err: error }, 'endpoints.follow.failed')
    })
    const free = CALLS_MAX - underWay.size
    const taken = free === 0 ? [] : await takeDue(deps, free)
    for (const delivery of taken) begin(sendDelivery(deps, delivery))
    return { ...nothing, read: lost + seen + taken.length }
  }

  function begin(sending: Promise<void>): void {
    const ended = sending
      .catch((error: unknown) => {
        // Its lease ends, and it is sent again.
        deps.log.warn({ err: error }, 'endpoints.send.failed')
      })
      .then(() => {
        underWay.delete(ended)
        loop.wake()
      })
    underWay.add(ended)
  }

  return {
    ...loop,
    drain: async () => {
      await loop.drain()
      await Promise.all(underWay)
    },
  }
}
