import { carrierBackoff } from '../kernel/backoff.js'
import { createBillingLoop } from '../slices/billing/index.js'
import { createDeliveryLoop } from '../slices/endpoints/index.js'
import { createInboundLoop } from '../slices/inbox/index.js'
import { createCallbackLoop } from '../slices/messages/index.js'
import type { ConsumerLoop } from '../slices/webhooks/index.js'
import type { AppContext } from './app-context.js'
import { deliveryCounter } from './delivery-metrics.js'
import { isSendingLocked } from './guard-sender.js'
import { carrierOptOutHooks, inboxHooks } from './inbox-hooks.js'
import { messageCounters } from './slice-deps.js'

const WEBHOOK_BATCH = 500
/** Callbacks come to the API's processes, which wake nobody; the question is one look at a partial index. */
const WEBHOOK_POLL_MS = 250
/** Retries, and tests that an API process asked for; events wake it. */
const DELIVERY_POLL_MS = 1_000

/** Delivery reports and incoming texts, each in turn. */
export function startWebhooks(app: AppContext): Pick<ConsumerLoop, 'wake' | 'drain'> {
  const options = { pollMs: WEBHOOK_POLL_MS, limit: WEBHOOK_BATCH }
  const log = app.logger
  const loops = [
    createCallbackLoop(
      {
        ...app,
        log,
        backoff: backoffOf(app),
        counters: messageCounters(app),
        optOutHooks: carrierOptOutHooks,
      },
      options,
    ),
    createInboundLoop({ ...app, log, hooks: inboxHooks }, options),
  ]
  for (const loop of loops) loop.start()
  return {
    wake: () => {
      for (const loop of loops) loop.wake()
    },
    drain: async () => {
      await Promise.all(loops.map((loop) => loop.drain()))
    },
  }
}

/** Null where no payment provider is set up. */
export function startBilling({ billing, logger }: AppContext): ConsumerLoop | null {
  if (billing === null) return null
  const loop = createBillingLoop(
    { ...billing, log: logger },
    { pollMs: WEBHOOK_POLL_MS, limit: WEBHOOK_BATCH },
  )
  loop.start()
  return loop
}

/** Webhooks to the accounts' own servers; like e-mails they wait for the reconciliation after a restore. */
export function startDeliveries(app: AppContext): ConsumerLoop {
  const loop = createDeliveryLoop(
    { ...app, log: app.logger, count: deliveryCounter(app), isHeld: () => isSendingLocked(app) },
    { pollMs: DELIVERY_POLL_MS },
  )
  loop.start()
  return loop
}

/** Retries begin at the configured delay; growth, jitter and bounds stay as they are. */
export function backoffOf({ config }: AppContext) {
  const firstMs = config.protocol.retryFirstMs
  return { ...carrierBackoff, firstMs, minMs: Math.min(carrierBackoff.minMs, firstMs) }
}
