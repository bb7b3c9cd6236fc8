import { statusAt } from './delivery.js'
import type { RecordedMessage } from './message-record.js'
import type { WallTime } from './wall-time.js'

/** A message as the API shows it. Written by hand: this text is made for every create. */
export function messageJson(
  accountSid: string,
  sid: string,
  message: RecordedMessage,
  body: string | null,
  nowMs: number,
  time: WallTime,
): string {
  const status = statusAt(message, nowMs)
  const left = nowMs >= message.sentAtMs && message.final !== 'failed'
  const created = time.rfc2822(message.acceptedAtMs)
  const ended = nowMs >= message.finalAtMs
  const updated = ended ? time.rfc2822(message.finalAtMs) : created
  const uri = `/2010-04-01/Accounts/${accountSid}/Messages/${sid}`
  // A messaging service has not chosen its sender at first, and so knows neither number nor segments.
  const chosen = message.messagingServiceSid === null || nowMs >= message.sendingAtMs
  return (
    `{"body":${JSON.stringify(body ?? '')},"num_segments":"${chosen ? message.segments : 0}","direction":"outbound-api",` +
    `"from":${chosen ? quoted(message.from) : 'null'},"date_updated":"${updated}",` +
    `"price":${left ? `"-${(message.segments * 0.0079).toFixed(4)}"` : 'null'},` +
    `"error_message":null,"uri":"${uri}.json","account_sid":"${accountSid}","num_media":"0","to":${quoted(message.to)},` +
    `"date_created":"${created}","status":"${status}","sid":"${sid}",` +
    `"date_sent":${left ? `"${time.rfc2822(message.sentAtMs)}"` : 'null'},` +
    `"messaging_service_sid":${quoted(message.messagingServiceSid)},` +
    `"error_code":${ended && message.errorCode !== null ? message.errorCode : 'null'},"price_unit":"USD",` +
    `"api_version":"2010-04-01","subresource_uris":{"media":"${uri}/Media.json"}}`
  )
}

function quoted(text: string | null): string {
  return text === null ? 'null' : JSON.stringify(text)
}
