import type { AccountId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import type { AccountEvent } from '../../platform/realtime/event-log.js'
import { MESSAGES_PER_DELIVERY } from './domain/limits.js'
import type { EventType } from './domain/event-types.js'
import { renderBody } from './domain/render-body.js'
import { translateEvent, type Detail, type Translated } from './domain/translate-event.js'
import {
  readConsentFacts,
  readMessageFacts,
  readReplyFacts,
  type ConsentFact,
  type MessageFact,
  type ReplyFact,
} from './store/event-facts.js'

export interface DescribedEvent {
  seq: number
  part: number
  at: Date
  type: EventType
  body: string
}

/** By id: what the events only name. */
interface Facts {
  messages: ReadonlyMap<string, MessageFact>
  consents: ReadonlyMap<string, ConsentFact>
  replies: ReadonlyMap<string, ReplyFact>
}

/**
 * What receivers who chose these types are told about events of an account's log: nothing for most, several parts for one about
 * many messages. What the events only name is read here, for all of them at once and outside of transactions, so that nothing
 * that sends ever waits for it, and only for who wants it. Texts that go out are never in it; numbers only where there is nothing
 * else to know a person by: answers and consents.
 */
export async function describeEvents(
  db: Db,
  accountId: AccountId,
  events: readonly AccountEvent[],
  chosen: ReadonlySet<string>,
): Promise<DescribedEvent[]> {
  const told = events.flatMap((event) => {
    const translated = translateEvent(event)
    return translated === null || !chosen.has(translated.type) ? [] : [{ event, translated }]
  })
  const facts = await readFacts(
    db,
    accountId,
    told.map(({ translated }) => translated.detail),
  )
  return told.flatMap(({ event: { seq, at }, translated }) =>
    partsOf(translated, facts).map((data, part) => {
      const { type } = translated
      return { seq, part, at, type, body: renderBody({ type, at, accountId, seq, data }) }
    }),
  )
}

async function readFacts(db: Db, accountId: AccountId, details: readonly (Detail | null)[]): Promise<Facts> {
  const read = async <Fact extends { id: string }>(
    kind: Detail['kind'],
    readFacts: (db: Db, accountId: AccountId, ids: readonly string[]) => Promise<Fact[]>,
  ): Promise<ReadonlyMap<string, Fact>> => {
    const ids = details.flatMap((detail) => (detail?.kind === kind ? detail.ids : []))
    const facts = ids.length === 0 ? [] : await readFacts(db, accountId, ids)
    return new Map(facts.map((fact) => [fact.id, fact]))
  }
  return {
    messages: await read('messages', readMessageFacts),
    consents: await read('consents', readConsentFacts),
    replies: await read('replies', readReplyFacts),
  }
}

/** What is told of one event; nothing when the people it is about are no longer kept. */
function partsOf({ data, detail }: Translated, facts: Facts): Record<string, unknown>[] {
  switch (detail?.kind) {
    case undefined:
      return [data]
    case 'messages':
      return messageParts(data, detail.ids, facts.messages)
    case 'consents': {
      const consents = foundOf(facts.consents, detail.ids)
      return consents.length === 0 ? [] : [{ ...data, consents }]
    }
    case 'replies':
      return foundOf(facts.replies, detail.ids).map(({ id: _id, ...reply }) => ({ ...data, ...reply }))
  }
}

function foundOf<Fact>(facts: ReadonlyMap<string, Fact>, ids: readonly string[]): Fact[] {
  return ids.map((id) => facts.get(id)).filter((fact) => fact !== undefined)
}

function messageParts(
  data: Record<string, unknown>,
  ids: readonly string[],
  facts: ReadonlyMap<string, MessageFact>,
): Record<string, unknown>[] {
  const messages = ids.map((id) => facts.get(id) ?? { id, contactId: null, reason: null, errorCode: null })
  const parts = Math.ceil(messages.length / MESSAGES_PER_DELIVERY)
  return Array.from({ length: parts }, (_part, index) => ({
    ...data,
    messages: messages.slice(index * MESSAGES_PER_DELIVERY, (index + 1) * MESSAGES_PER_DELIVERY),
  }))
}
