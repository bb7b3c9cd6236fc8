import { createConsumerLoop, type ConsumerLoop } from '../webhooks/index.js'
import { applyInboundTexts } from './apply-inbound-texts.js'
import { applyStatusCallbacks, type CallbackDeps } from './apply-status-callbacks.js'

/** Applies what the carrier posts, in the background of a worker: delivery reports and incoming texts, each in turn. */
export function createWebhookLoops(
  deps: CallbackDeps,
  options: { pollMs: number; limit: number },
): ConsumerLoop {
  const settings = { pollMs: options.pollMs, log: deps.log }
  const loops = [
    createConsumerLoop(() => applyStatusCallbacks(deps, options), settings),
    createConsumerLoop(() => applyInboundTexts(deps, options), settings),
  ]
  return {
    wake: () => {
      for (const loop of loops) loop.wake()
    },
    start: () => {
      for (const loop of loops) loop.start()
    },
    drain: async () => {
      await Promise.all(loops.map((loop) => loop.drain()))
    },
  }
}
