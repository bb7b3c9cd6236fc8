import { DateTime } from 'luxon'

/** An instant of a query string, ISO 8601 with an offset. Null when it was left out, undefined when it is none. */
export function readInstant(text: unknown): Date | null | undefined {
  if (text === undefined) return null
  if (typeof text !== 'string' || !/T.*(Z|[+-]\d{2}:?\d{2})$/i.test(text)) return undefined
  const instant = DateTime.fromISO(text)
  return instant.isValid && instant.year >= 1970 && instant.year <= 9999 ? instant.toJSDate() : undefined
}
