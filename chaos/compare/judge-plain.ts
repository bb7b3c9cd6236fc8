import type { PlainMessage } from './plain-tables.js'

/** What became of a run, in the same words for every sender. */
export interface Comparison {
  sender: string
  kills: number
  messages: number
  reached: number
  duplicates: number
  unbilled: number
  lost: number
  beyondCredits: number
}

/** Holds the carrier's record against a plain sender's own tables; a message is found by its phone, which is its own. */
export function judgePlain(
  sender: string,
  facts: {
    kills: number
    credits: number
    creditsLeft: number
    messages: readonly PlainMessage[]
    record: readonly { to: string }[]
  },
): Comparison {
  const texts = new Map<string, number>()
  for (const { to } of facts.record) texts.set(to, (texts.get(to) ?? 0) + 1)
  const sum = (of: (message: PlainMessage, reached: number) => number): number =>
    facts.messages.reduce((total, message) => total + of(message, texts.get(message.phone) ?? 0), 0)
  return {
    sender,
    kills: facts.kills,
    messages: facts.messages.length,
    reached: facts.record.length,
    duplicates: sum((_, reached) => Math.max(0, reached - 1)),
    unbilled: sum(({ charges }, reached) => Math.max(0, reached - charges)),
    // Said to be sent and not sent, or still waiting although there are credits.
    lost: sum(({ state }, reached) => (reached === 0 && (state === 'sent' || facts.creditsLeft > 0) ? 1 : 0)),
    beyondCredits: Math.max(0, facts.record.length - facts.credits),
  }
}
