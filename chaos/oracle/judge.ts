import type { AttemptFact, Facts, MessageFact, RecordedText } from './facts.js'

export type Harm =
  'duplicates' | 'lost' | 'beyondCredits' | 'unbilled' | 'unresolvedUnknown' | 'heldCredits' | 'appliedTwice'

export interface Finding {
  harm: Harm
  /** How much of it: texts, messages or credits. */
  amount: number
  messageId: string | null
  what: string
}

/**
 * Holds the carrier's own record against messages and ledger. It believes neither the program's states nor its audit:
 * what reached a phone is what the carrier recorded, and what was paid is a capture of exactly that attempt.
 */
export function judge(facts: Facts): Finding[] {
  const index: Index = {
    attempts: new Map(facts.attempts.map((attempt) => [attempt.id, attempt])),
    messages: new Map(facts.messages.map((message) => [message.id, message])),
  }
  return [
    ...duplicates(facts, index),
    ...unbilled(facts, index),
    ...neverSent(facts),
    ...facts.messages.flatMap(unfinished),
    ...forgotten(facts),
    ...credits(facts, index),
    ...corrections(facts),
  ]
}

interface Index {
  attempts: ReadonlyMap<string, AttemptFact>
  messages: ReadonlyMap<string, MessageFact>
}

function attemptOf({ attempts }: Index, text: RecordedText): AttemptFact | undefined {
  return text.attemptId === null ? undefined : attempts.get(text.attemptId)
}

function messageOf(index: Index, text: RecordedText): MessageFact | undefined {
  const messageId = attemptOf(index, text)?.messageId
  return messageId === undefined ? undefined : index.messages.get(messageId)
}

const finding = (harm: Harm, messageId: string | null, what: string, amount = 1): Finding => ({
  harm,
  messageId,
  what,
  amount,
})

/** A second text for the same message, or with the same words to the same phone. */
function duplicates({ record }: Facts, index: Index): Finding[] {
  const seen = new Map<string, string>()
  return record.flatMap((text) => {
    const message = messageOf(index, text)
    const keys = keysOf(text, message)
    const twin = keys.map((key) => seen.get(key)).find((sid) => sid !== undefined)
    for (const key of keys) if (!seen.has(key)) seen.set(key, text.sid)
    return twin === undefined ? [] : [finding('duplicates', message?.id ?? null, `${text.sid} after ${twin}`)]
  })
}

function keysOf(text: RecordedText, message: MessageFact | undefined): string[] {
  const words = `text ${text.to} ${text.textHash}`
  if (message === undefined) return [words]
  // A test text has the words of its campaign and may come beside it.
  return message.campaignId === null ? [`message ${message.id}`] : [`message ${message.id}`, words]
}

function unbilled({ record }: Facts, index: Index): Finding[] {
  return record.flatMap((text) => {
    const attempt = attemptOf(index, text)
    if (attempt?.isCaptured === true) return []
    const what = `${text.sid}, attempt ${text.attemptId ?? '-'} ${attempt?.state ?? 'unheard of'}`
    return [finding('unbilled', attempt?.messageId ?? null, what)]
  })
}

/** Said to be accepted, and the carrier has no such text. */
function neverSent({ record, attempts }: Facts): Finding[] {
  const reached = new Set(record.map(({ attemptId }) => attemptId))
  return attempts
    .filter(({ id, state }) => state === 'accepted' && !reached.has(id))
    .map(({ messageId, sid }) =>
      finding('lost', messageId, `accepted as ${sid ?? '-'}, unknown to the carrier`),
    )
}

/** When everything is quiet, a message has come to its end or waits for credits. */
function unfinished({ id, state, campaignState, pauseReason }: MessageFact): Finding[] {
  if (state === 'dispatching' || state === 'unknown') return [finding('unresolvedUnknown', id, state)]
  const waitsForCredits = campaignState === 'paused' && pauseReason === 'credits_exhausted'
  if (state !== 'pending' || waitsForCredits) return []
  return [finding('lost', id, `pending in a campaign that is ${campaignState ?? 'none'}`)]
}

function forgotten({ forgottenRecipients }: Facts): Finding[] {
  if (forgottenRecipients === 0) return []
  return [finding('lost', null, 'recipients without a message and without a reason', forgottenRecipients)]
}

function credits({ record, balances }: Facts, index: Index): Finding[] {
  const reached = new Map<string, number>()
  for (const text of record) {
    const message = messageOf(index, text)
    if (message === undefined) continue
    reached.set(message.accountId, (reached.get(message.accountId) ?? 0) + message.cost)
  }
  return balances.flatMap(({ accountId, held, granted, refunded }) => {
    const beyond = (reached.get(accountId) ?? 0) - granted - refunded
    return [
      ...(beyond > 0 ? [finding('beyondCredits', null, `account ${accountId}`, beyond)] : []),
      ...(held > 0 ? [finding('heldCredits', null, `account ${accountId}`, held)] : []),
    ]
  })
}

function corrections(facts: Facts): Finding[] {
  return facts.corrections
    .filter(({ asked, booked }) => asked !== booked)
    .map(({ key, asked, booked }) =>
      finding('appliedTwice', null, `${key}: asked ${asked}, booked ${booked}`),
    )
}

export function total(findings: readonly Finding[], harm: Harm): number {
  return findings.filter((one) => one.harm === harm).reduce((sum, { amount }) => sum + amount, 0)
}
