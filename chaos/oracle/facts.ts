/** What the carrier and the database say when everything is quiet, as far as a judgement needs it. */
export interface Facts {
  record: readonly RecordedText[]
  messages: readonly MessageFact[]
  attempts: readonly AttemptFact[]
  balances: readonly BalanceFact[]
  /** Started and not cancelled campaigns with recipients who have neither a message nor a reason for none. */
  forgottenRecipients: number
  corrections: readonly CorrectionFact[]
}

/** One text that the carrier took, by its own record. */
export interface RecordedText {
  sid: string
  to: string
  textHash: string
  attemptId: string | null
  acceptedAtMs: number
}

export interface MessageFact {
  id: string
  accountId: string
  campaignId: string | null
  state: string
  cost: number
  /** Of its campaign. */
  campaignState: string | null
  pauseReason: string | null
}

export interface AttemptFact {
  id: string
  messageId: string
  state: string
  sid: string | null
  isCaptured: boolean
}

export interface BalanceFact {
  accountId: string
  held: number
  /** Every credit that the storm's users granted, whatever became of it. */
  granted: number
  /** Given back for texts that the carrier took and did not send, and so free to be used again. */
  refunded: number
}

export interface CorrectionFact {
  key: string
  asked: number
  /** The sum of what the ledger has under this key. */
  booked: number
}
