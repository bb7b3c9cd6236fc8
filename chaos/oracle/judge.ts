import type { Facts, RecordedText } from './facts.js'

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
  const attempts = new Map(facts.attempts.map((attempt) => [attempt.id, attempt]))
  const messages = new Map(facts.messages.map((message) => [message.id, message]))
  const messageOf = (text: RecordedText): string | null =>
    text.attemptId === null ? null : (attempts.get(text.attemptId)?.messageId ?? null)
  const findings: Finding[] = []
  const find = (harm: Harm, messageId: string | null, what: string, amount = 1): void => {
    findings.push({ harm, messageId, what, amount })
  }

  const seen = new Map<string, string>()
  const reachedAttempts = new Set<string>()
  const reachedCost = new Map<string, number>()
  for (const text of facts.record) {
    const messageId = messageOf(text)
    const message = messageId === null ? undefined : messages.get(messageId)
    const attempt = text.attemptId === null ? undefined : attempts.get(text.attemptId)
    if (text.attemptId !== null) reachedAttempts.add(text.attemptId)
    const earlier = keysOf(text, messageId, message?.campaignId ?? null).map((key) => {
      const before = seen.get(key)
      seen.set(key, before ?? text.sid)
      return before
    })
    const twin = earlier.find((sid) => sid !== undefined)
    if (twin !== undefined) find('duplicates', messageId, `${text.sid} after ${twin}`)
    if (attempt?.isCaptured !== true)
      find(
        'unbilled',
        messageId,
        `${text.sid}, attempt ${text.attemptId ?? '-'} ${attempt?.state ?? 'unheard of'}`,
      )
    if (message !== undefined)
      reachedCost.set(message.accountId, (reachedCost.get(message.accountId) ?? 0) + message.cost)
  }

  for (const attempt of facts.attempts) {
    if (attempt.state === 'accepted' && !reachedAttempts.has(attempt.id))
      find('lost', attempt.messageId, `accepted as ${attempt.sid ?? '-'}, and the carrier has no such text`)
  }
  for (const message of facts.messages) {
    if (message.state === 'dispatching' || message.state === 'unknown')
      find('unresolvedUnknown', message.id, message.state)
    const waitsForCredits = message.campaignState === 'paused' && message.pauseReason === 'credits_exhausted'
    if (message.state === 'pending' && !waitsForCredits)
      find('lost', message.id, `pending in a campaign that is ${message.campaignState ?? 'none'}`)
  }
  if (facts.forgottenRecipients > 0)
    find('lost', null, 'recipients without a message and without a reason', facts.forgottenRecipients)
  for (const { accountId, held, granted, refunded } of facts.balances) {
    const beyond = (reachedCost.get(accountId) ?? 0) - granted - refunded
    if (beyond > 0) find('beyondCredits', null, `account ${accountId}`, beyond)
    if (held > 0) find('heldCredits', null, `account ${accountId}`, held)
  }
  for (const { key, asked, booked } of facts.corrections) {
    if (asked !== booked) find('appliedTwice', null, `${key}: asked ${asked}, booked ${booked}`)
  }
  return findings
}

/** A second text under any of these is a duplicate: the same message again, or the same words to the same phone. */
function keysOf(text: RecordedText, messageId: string | null, campaignId: string | null): string[] {
  const byMessage = messageId === null ? [] : [`message ${messageId}`]
  // A test text has the words of its campaign and may come beside it.
  const isSingle = messageId !== null && campaignId === null
  return isSingle ? byMessage : [...byMessage, `text ${text.to} ${text.textHash}`]
}

export function total(findings: readonly Finding[], harm: Harm): number {
  return findings.filter((finding) => finding.harm === harm).reduce((sum, { amount }) => sum + amount, 0)
}
