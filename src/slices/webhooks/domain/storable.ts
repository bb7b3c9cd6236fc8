import { DEDUPE_KEY_LENGTH_MAX } from './inbox-limits.js'

/** An event as a provider posted it. */
export interface IncomingEvent {
  /** Provider and kind, for example `twilio.status`. Each kind has one consumer. */
  provider: string
  /** The same event has the same key, however often it arrives. */
  dedupeKey: string
  /** What the address itself said: a token, or nothing. */
  route: string
  /** Fields that came once or several times. Kept as they are, unknown ones too. */
  params: Readonly<Record<string, string | readonly string[]>>
}

export interface StorableEvent {
  provider: string
  dedupeKey: string
  route: string
  /** JSON. */
  params: string
}

/** Characters that JSON can carry and Postgres cannot: NUL, and halves of surrogate pairs. */
const unstorable = /[\0\p{Surrogate}]/gu

/**
 * The event as it can be stored. One event must never make the statement of its neighbours fail, so what Postgres cannot
 * keep is replaced, and a key that is far too long for any honest event is cut.
 */
export function toStorable(event: IncomingEvent): StorableEvent {
  const params = Object.entries(event.params).map(([name, value]) => [
    clean(name),
    typeof value === 'string' ? clean(value) : value.map(clean),
  ])
  return {
    provider: clean(event.provider),
    dedupeKey: clean(event.dedupeKey).slice(0, DEDUPE_KEY_LENGTH_MAX),
    route: clean(event.route).slice(0, DEDUPE_KEY_LENGTH_MAX),
    params: JSON.stringify(Object.fromEntries(params)),
  }
}

function clean(text: string): string {
  return text.replace(unstorable, '\uFFFD')
}
