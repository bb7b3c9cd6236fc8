import {
  field,
  hashOf,
  inboxFull,
  readTwilioCall,
  type ProviderAnswer,
  type ProviderCall,
  type TwilioWebhookDeps,
} from './twilio-call.js'

/** The inbox's name for texts that people send to our senders. */
export const INBOUND_PROVIDER = 'twilio.inbound'

/** No reply here: an answer goes through the gate as every text does, and is paid for. */
const noReply = '<?xml version="1.0" encoding="UTF-8"?><Response/>'

/** A text that somebody sent to one of our senders: stored, then answered with nothing to say. Kept once per text. */
export async function answerInboundText(
  deps: TwilioWebhookDeps,
  call: ProviderCall,
): Promise<ProviderAnswer> {
  const read = readTwilioCall(deps, call)
  if (!read.genuine) return read.answer
  const sid = field(read.form, 'MessageSid') ?? field(read.form, 'SmsSid')
  const stored = await deps.inbox.store({
    provider: INBOUND_PROVIDER,
    route: '',
    dedupeKey: sid ?? hashOf(call),
    params: read.form,
  })
  return stored.ok ? { status: 200, contentType: 'text/xml', body: noReply } : inboxFull
}
