import { STATUS_PROVIDER } from '../apply-status-callbacks.js'
import {
  field,
  hashOf,
  inboxFull,
  readTwilioCall,
  type ProviderAnswer,
  type ProviderCall,
  type TwilioWebhookDeps,
} from './twilio-call.js'

/**
 * A delivery report: stored, then acknowledged with 204, and applied later by whoever consumes the inbox. The address
 * names the attempt, the signature covers the address. The same report is kept once, however often it comes. Answers 503
 * when too many wait, and fails when the database does not take it: what is not stored is not acknowledged.
 */
export async function answerStatusCallback(
  deps: TwilioWebhookDeps,
  call: ProviderCall,
): Promise<ProviderAnswer> {
  const read = readTwilioCall(deps, call)
  if (!read.genuine) return read.answer
  const token = call.params['attemptToken'] ?? ''
  const sid = field(read.form, 'MessageSid') ?? field(read.form, 'SmsSid')
  const status = field(read.form, 'MessageStatus') ?? field(read.form, 'SmsStatus')
  const told = sid === undefined || status === undefined ? hashOf(call) : `${sid}:${status}`
  const stored = await deps.inbox.store({
    provider: STATUS_PROVIDER,
    route: token,
    dedupeKey: `${token}:${told}`,
    params: read.form,
  })
  return stored.ok ? { status: 204 } : inboxFull
}
