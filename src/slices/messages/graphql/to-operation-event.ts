import type { AccountEvent } from '../../../platform/realtime/event-log.js'
import { OperationEventType } from './operations.types.js'

/** Events of accounts say whether sending stopped; those of operations name their kind. */
export function toOperationEvent(event: AccountEvent): OperationEventType {
  const { kind, seen, sendingStopped, ...rest } = event.payload
  const facts = { ...rest, ...(isRecord(seen) ? seen : {}) }
  return Object.assign(new OperationEventType(), {
    seq: event.seq,
    at: event.at,
    kind: typeof kind === 'string' ? kind : sendingStopped === true ? 'sending_stopped' : 'sending_resumed',
    campaignId: event.campaignId,
    messages: event.messageIds,
    facts: Object.entries(facts).map(([name, value]) => ({ name, value: textOf(value) })),
  })
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
