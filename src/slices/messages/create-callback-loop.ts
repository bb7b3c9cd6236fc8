import { createConsumerLoop, type ConsumerLoop } from '../webhooks/index.js'
import { applyStatusCallbacks, type CallbackDeps } from './apply-status-callbacks.js'

/** Applies the carrier's delivery reports, in the background of a worker. */
export function createCallbackLoop(
  deps: CallbackDeps,
  options: { pollMs: number; limit: number },
): ConsumerLoop {
  return createConsumerLoop(() => applyStatusCallbacks(deps, options), {
    pollMs: options.pollMs,
    log: deps.log,
  })
}
