export interface BodyParts {
  type: string
  at: Date
  accountId: string
  /** Place of the event in the account's log; null for what is in no log. */
  seq: number | null
  data: Readonly<Record<string, unknown>>
}

/** Raised with a change that receivers could trip over; a field that is added is none. */
const VERSION = 1

/** The body as it is signed and sent: the shape of Standard Webhooks, with the version and the place in the log. */
export function renderBody({ type, at, accountId, seq, data }: BodyParts): string {
  return JSON.stringify({ type, timestamp: at.toISOString(), version: VERSION, accountId, seq, data })
}
