/** A text at the carrier that this database knows nothing of. */
export interface SentText {
  sid: string
  phone: string
  /** Empty when the carrier does not tell it any more. */
  body: string
  sentAt: Date
}

/** A message of ours that a text at the carrier may be: one that waits, or whose attempt is open. */
export interface SendableMessage {
  messageId: string
  accountId: string
  campaignId: string | null
  phone: string
  body: string
  cost: number
  /** The open attempt; null while the message waits. */
  attemptId: string | null
  /**
   * When its open attempt was claimed: nothing was sent for it before. Null while it waits: a restored database writes what falls
   * due a second time, so its own age says nothing about when its text was sent.
   */
  sinceMs: number | null
  /** Place in the order in which messages are claimed. */
  place: number
}

export interface Attribution {
  matched: { text: SentText; message: SendableMessage }[]
  strays: SentText[]
}

/**
 * Which message each text is. The attempts that a lost database had made are not known, so it is decided by number and
 * words, and for an open attempt by time: open attempts first, then what waits, in the order in which it would have been claimed. A message is given one
 * text at most, so a second copy of the same words to the same number is a stray, not a second message of somebody.
 */
export function attributeSent(
  texts: readonly SentText[],
  messages: readonly SendableMessage[],
  clockSkewMs: number,
): Attribution {
  const byPhone = new Map<string, SendableMessage[]>()
  for (const message of [...messages].sort(inOrderOfClaims)) {
    const same = byPhone.get(message.phone)
    if (same === undefined) byPhone.set(message.phone, [message])
    else same.push(message)
  }
  const result: Attribution = { matched: [], strays: [] }
  for (const text of [...texts].sort((one, other) => one.sentAt.getTime() - other.sentAt.getTime())) {
    const candidates = byPhone.get(text.phone) ?? []
    const index = candidates.findIndex((message) => fits(text, message, clockSkewMs))
    const message = candidates[index]
    if (message === undefined) result.strays.push(text)
    else {
      candidates.splice(index, 1)
      result.matched.push({ text, message })
    }
  }
  return result
}

function inOrderOfClaims(one: SendableMessage, other: SendableMessage): number {
  const open = (message: SendableMessage): number => (message.attemptId === null ? 1 : 0)
  return open(one) - open(other) || one.place - other.place
}

function fits(text: SentText, message: SendableMessage, clockSkewMs: number): boolean {
  // The carrier gives whole seconds.
  const from =
    message.sinceMs === null ? -Infinity : Math.floor((message.sinceMs - clockSkewMs) / 1_000) * 1_000
  return text.sentAt.getTime() >= from && (text.body === '' || text.body === message.body)
}
