import { seesContent, type Role } from '../../../platform/access/viewer.js'
import type { AccountEvent } from '../../../platform/realtime/event-log.js'
import { explainFailure } from '../../carrier/index.js'
import { maskPhone } from '../../contacts/index.js'
import type { ListedMessage } from '../list-messages.js'
import type { TimelineEntry } from '../message-timeline.js'
import type {
  MessageDeliveryType,
  MessageEventType,
  MessageType,
  TimelineEntryType,
} from './messages.types.js'

export function toMessage(message: ListedMessage, role: Role): MessageType {
  const { errorCode } = message
  return {
    ...message,
    place: message.ordinal,
    phone: seesContent(role) ? message.phone : maskPhone(message.phone),
    failure: errorCode === null ? null : { code: errorCode, ...explainFailure(errorCode) },
    delivery: toDelivery(message),
  }
}

function toDelivery(message: ListedMessage): MessageDeliveryType | null {
  const { delivery, deliveryErrorCode, deliveryAt } = message
  if (delivery === null || deliveryAt === null) return null
  return {
    status: delivery,
    errorCode: deliveryErrorCode,
    errorWords: deliveryErrorCode === null ? null : explainFailure(deliveryErrorCode).words,
    updatedAt: deliveryAt,
  }
}

export function toTimelineEntry(entry: TimelineEntry): TimelineEntryType {
  const facts = Object.entries(entry.facts).map(([name, value]) => ({
    name,
    value: value === null ? null : String(value),
  }))
  return { ...entry, facts }
}

export function toMessageEvent(event: AccountEvent): MessageEventType {
  const { kind, report, reasons } = event.payload
  return {
    seq: event.seq,
    at: event.at,
    kind: typeof kind === 'string' ? kind : 'unknown',
    report: typeof report === 'string' ? report : null,
    campaignId: event.campaignId,
    messages: event.messageIds,
    count: event.messageIds.length,
    reasons: Object.entries(isCounts(reasons) ? reasons : {}).map(([reason, count]) => ({ reason, count })),
  }
}

function isCounts(value: unknown): value is Record<string, number> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((count) => typeof count === 'number')
  )
}
