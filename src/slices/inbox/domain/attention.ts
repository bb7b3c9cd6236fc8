import { callsSomethingOff } from './classify-reply.js'

/** Why a person should look at a conversation. */
export const attentions = ['ambiguous', 'keyword_clash', 'unmatched_confirmation'] as const
export type Attention = (typeof attentions)[number]

export const attentionWords: Readonly<Record<Attention, string>> = {
  ambiguous: 'Uses words of an opt-out, but does not read as one. Please read it.',
  keyword_clash: 'This word as the whole text counts as an opt-out. Perhaps an appointment was meant.',
  unmatched_confirmation: 'Reads like a confirmation, but no question is open. Please read it.',
}

/** Words that end something. In a sentence that is no opt-out they may be about an appointment, or about us. */
const endings =
  /\b(stop|opt(?:ed)?[ -]?(?:me )?out|take me off|cancel|cancell?ed|end|quit|unsubscribe|remove|delete|alto|parar|cancelar|baja|arr[eê]ter?|annuler|d[eé]sabonner|absagen|stornieren|abmelden|sair|desmarcar)\b/iu

export function isAmbiguous(body: string): boolean {
  return endings.test(body.normalize('NFKC')) || callsSomethingOff(body)
}

/** The number has another owner now: whoever agreed is somebody else. */
const reassigned =
  /\b(wrong (number|person)|not my number|new number|n[uú]mero equivocado|mauvais num[eé]ro|falsche nummer|n[uú]mero errado)\b/iu

export function isReassigned(body: string): boolean {
  return reassigned.test(body.normalize('NFKC'))
}
