import { createConsumerLoop, type ConsumerLoop } from '../webhooks/index.js'
import { applyInboundTexts } from './apply-inbound-texts.js'
import type { InboundDeps } from './inbox-deps.js'

/** Applies the texts that people send, in the background of a worker. */
export function createInboundLoop(
  deps: InboundDeps,
  options: { pollMs: number; limit: number },
): ConsumerLoop {
  return createConsumerLoop(() => applyInboundTexts(deps, options), {
    pollMs: options.pollMs,
    log: deps.log,
  })
}
