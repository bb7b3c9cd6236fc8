import type { ConsumeLog, ConsumerLoop } from '../webhooks/index.js'
import { createConsumerLoop } from '../webhooks/index.js'
import { applyStripeEvents } from './apply-stripe-events.js'
import type { BillingDeps } from './billing-deps.js'
import { startTopUps } from './start-top-ups.js'
import { syncDirty } from './sync-objects.js'

const SYNC_BATCH = 100

/** In the background of a worker: applies events, brings changed objects in line, charges what ran low. */
export function createBillingLoop(
  deps: BillingDeps & { log: BillingDeps['log'] & ConsumeLog },
  options: { pollMs: number; limit: number },
): ConsumerLoop {
  return createConsumerLoop(
    async () => {
      const events = await applyStripeEvents(deps, options)
      const objects = await syncDirty(deps, { limit: SYNC_BATCH })
      const { started } = await startTopUps(deps)
      return {
        ...events,
        read: events.read + objects.read + started,
        failed: events.failed + objects.failed,
      }
    },
    { pollMs: options.pollMs, log: deps.log },
  )
}
