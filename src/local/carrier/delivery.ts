import type { Random } from '../../kernel/random.js'
import { drawSpan, pick } from './draw.js'
import type { FinalStatus, RecordedMessage } from './message-record.js'
import { scriptedOutcome } from './message-rules.js'
import type { Behaviour } from './options.js'

export type Status = 'accepted' | 'queued' | 'sending' | FinalStatus
export type DeliveryPlan = Pick<
  RecordedMessage,
  'sendingAtMs' | 'sentAtMs' | 'finalAtMs' | 'final' | 'errorCode'
>

/** Codes with which a message ends as failed: it never left the carrier. All others end as undelivered. */
const neverLeft: ReadonlySet<number> = new Set([
  30001, 30002, 30008, 30036, 30410, 30450, 30453, 30454, 30500, 30610,
])
const validityExpired = 30036

/** The whole life of an accepted message, drawn when it is accepted: its status is then a question of the time alone. */
export function planDelivery(
  to: string,
  validitySeconds: number,
  acceptedAtMs: number,
  behaviour: Behaviour,
  random: Random,
): DeliveryPlan {
  const { delivery } = behaviour
  const sendingAtMs = acceptedAtMs + drawSpan(delivery.sendingMs, random)
  const sentAtMs = Math.max(sendingAtMs, acceptedAtMs + drawSpan(delivery.sentMs, random))
  const finalAtMs = Math.max(sentAtMs, acceptedAtMs + drawSpan(delivery.finalMs, random))
  const endsAtMs = acceptedAtMs + validitySeconds * 1_000
  if (sendingAtMs > endsAtMs) {
    return {
      sendingAtMs: endsAtMs,
      sentAtMs: endsAtMs,
      finalAtMs: endsAtMs,
      final: 'failed',
      errorCode: validityExpired,
    }
  }
  return { sendingAtMs, sentAtMs, finalAtMs, ...drawOutcome(to, behaviour, random) }
}

function drawOutcome(
  to: string,
  behaviour: Behaviour,
  random: Random,
): Pick<DeliveryPlan, 'final' | 'errorCode'> {
  const { delivery } = behaviour
  const scripted = scriptedOutcome(to, behaviour)
  if (scripted === null) return { final: 'delivered', errorCode: null }
  if (scripted !== undefined) {
    return { final: neverLeft.has(scripted) ? 'failed' : 'undelivered', errorCode: scripted }
  }
  const { undelivered, failed, neverReported } = delivery
  if (undelivered + failed + neverReported === 0) return { final: 'delivered', errorCode: null }
  const drawn = random.next()
  if (drawn < undelivered) return { final: 'undelivered', errorCode: pick(delivery.undeliveredCodes, random) }
  if (drawn < undelivered + failed) return { final: 'failed', errorCode: pick(delivery.failedCodes, random) }
  return { final: drawn < undelivered + failed + neverReported ? 'sent' : 'delivered', errorCode: null }
}

export function statusAt(message: RecordedMessage, nowMs: number): Status {
  if (nowMs >= message.finalAtMs) return message.final
  // A message that failed never left the carrier.
  if (nowMs >= message.sentAtMs && message.final !== 'failed') return 'sent'
  if (nowMs >= message.sendingAtMs) return 'sending'
  return message.messagingServiceSid === null ? 'queued' : 'accepted'
}
