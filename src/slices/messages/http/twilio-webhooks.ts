import { inboundTextPath, statusCallbackPath } from '../../carrier/index.js'
import { answerInboundText } from './answer-inbound-text.js'
import { answerStatusCallback } from './answer-status-callback.js'
import type { ProviderAnswer, ProviderCall, TwilioWebhookDeps } from './twilio-call.js'

/** The addresses that the carrier calls, for the web server to mount. Bodies come as raw bytes. */
export function twilioWebhooks(
  deps: TwilioWebhookDeps,
): readonly { path: string; answer(call: ProviderCall): Promise<ProviderAnswer> }[] {
  return [
    { path: `${statusCallbackPath}/:attemptToken`, answer: (call) => answerStatusCallback(deps, call) },
    { path: inboundTextPath, answer: (call) => answerInboundText(deps, call) },
  ]
}
