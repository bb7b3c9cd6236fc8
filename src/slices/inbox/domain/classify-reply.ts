import { foldReply, foldWhole, type Sentence } from './fold-reply.js'
import {
  confirmWordings,
  helpWordings,
  optInWordings,
  optOutWordings,
  yesWordings,
  type Wordings,
} from './reply-wordings.js'

export type ReplyClass = 'opt_out' | 'opt_in' | 'help' | 'confirm' | 'other'

export interface Reply {
  class: ReplyClass
  /** ISO 639-1 of the wording that decided, `other` for languages that are listed together; null without one. */
  language: string | null
  /** The number in a code such as `C1`; null when the person wrote none. */
  code: number | null
}

/** What a person meant by a reply. See {@link readReply}. */
export function classifyReply(body: string): ReplyClass {
  return readReply(body).class
}

/**
 * Reads a reply. An opt-out outweighs whatever else is said; the carrier's own keywords mean what they mean to the
 * carrier, so that nobody is texted whom it has blocked: a lone YES is its START. Confirmations have codes for that reason.
 */
export function readReply(body: string): Reply {
  const sentences = foldReply(body)
  const optOut = firstMatch(optOutPatterns, sentences) ?? loneEnding(body, sentences)
  if (optOut !== null) return { class: 'opt_out', language: optOut, code: null }
  const statements = sentences.filter((sentence) => !sentence.isQuestion)
  const isCalledOff = sentences.some(callsOff)
  const code = codeIn(statements)
  if (code !== null && !isCalledOff) return { class: 'confirm', language: null, code }
  const confirm = firstMatch(confirmPatterns, statements)
  if (confirm !== null && !isCalledOff && !sentences.some(wantsAnother))
    return { class: 'confirm', language: confirm, code: null }
  const whole = foldWhole(body)
  for (const [name, patterns] of keywords) {
    const language = patterns.find((pattern) => pattern.whole.test(whole))?.language
    if (language !== undefined) return { class: name, language, code: null }
  }
  return { class: 'other', language: null, code: null }
}

/**
 * Whether the whole reply is a word that people also call appointments off with. It counts as an opt-out all the same: the
 * law names some of these words, and the carrier acts on them.
 */
export function isClashingKeyword(body: string): boolean {
  return loneEnding(body, foldReply(body)) !== null
}

/** "Cancel today" says which one. */
function loneEnding(body: string, sentences: readonly Sentence[]): string | null {
  if (sentences.some(({ text }) => /\btoday\b/u.test(text))) return null
  const whole = foldWhole(body)
  return optOutPatterns.find(({ alone }) => alone?.test(whole))?.language ?? null
}

/** Whether a reply that is no opt-out may call something off. */
export function callsSomethingOff(body: string): boolean {
  return foldReply(body).some(callsOff)
}

function callsOff({ text, clauses }: Sentence): boolean {
  if (/\b(?:cancel|anul|annul|absag|stornier|desmarc|disd)\w*/u.test(text)) return true
  return clauses.some((clause) => optOutPatterns.some(({ alone }) => alone?.test(clause)))
}

/** A yes and nothing else: it can answer any question, and "I'll be there" cannot. */
export function isPlainYes(body: string): boolean {
  const whole = foldWhole(body)
  return yesPatterns.some((pattern) => pattern.whole.test(whole))
}

/** "Yes, but can we make it 4?" is for a person to read. */
function wantsAnother({ text }: Sentence): boolean {
  return /\b(?:reschedul\w*|instead|move|change|switch|can not|not|but|except|unless|different|another)\b/u.test(
    text,
  )
}

interface Compiled {
  language: string
  whole: RegExp
  inside: RegExp | null
  alone: RegExp | null
}

const optOutPatterns = compile(optOutWordings)
const confirmPatterns = compile(confirmWordings)
const yesPatterns = compile(yesWordings)
/** Only as the whole reply: "yes, I'm late" starts nothing. */
const keywords = [
  ['opt_in', compile(optInWordings)],
  ['help', compile(helpWordings)],
] as const

function compile(list: readonly Wordings[]): readonly Compiled[] {
  return list.map(({ language, whole, inside, alone }) => ({
    language,
    whole: anyOf(whole),
    alone: alone === undefined ? null : anyOf(alone),
    inside: inside.length === 0 ? null : new RegExp(inside.map((one) => `(?:${one})`).join('|'), 'gu'),
  }))
}

function anyOf(patterns: readonly string[]): RegExp {
  return new RegExp(`^(?:${patterns.join('|')})$`, 'u')
}

function firstMatch(wordings: readonly Compiled[], sentences: readonly Sentence[]): string | null {
  for (const { language, whole, inside } of wordings)
    for (const sentence of sentences)
      if (sentence.clauses.some((clause) => whole.test(clause) || saysInside(inside, clause))) return language
  return null
}

/** A clause is asked as well as its sentence: in "No, stop texting me" the no takes nothing back. */
function saysInside(pattern: RegExp | null, text: string): boolean {
  if (pattern === null) return false
  for (const match of text.matchAll(pattern)) {
    const before = text.slice(0, match.index).replace(REFUSAL, '')
    const after = text.slice(match.index + match[0].length)
    if (!isTakenBack(before, match[0]) && !isAboutThePast(before) && !isCondition(after)) return true
  }
  return false
}

/** A no to us, before what follows from it: "not interested stop texting me", "no thanks take me off your list". */
const REFUSAL =
  /^(?:(?:no|nope|nah|non|nein|nao)(?: (?:thanks|thank you|thx|ty|please|gracias|merci|danke|grazie|obrigad[oa]))*|(?:i |i am |we |we are )?(?:(?:really|just|so) )?not interested|(?:i |we )?(?:never|did not|have not|have never) (?:signed up|sign up|subscribed?|asked?|requested?|agreed?|opted in|opt in|consented)(?: (?:for|to))?(?: (?:this|these|that|any of this|it|anything))?)(?: (?:please|pls|plz|just|so|and|now))* $/u

const NEGATED = /\b(?:not|never|no|without|nor|nicht|ne|nunca|nao|non|didnt)(?: \S+){0,3} ?$/u

/** "Please don't stop the reminders". What begins with its own no, as "don't text me", is not taken back by it. */
function isTakenBack(before: string, match: string): boolean {
  return NEGATED.test(before) && !/^ ?(?:do not|no|not|never|ne|nicht|nao|non|ya no) /u.test(match)
}

/** "Why did you stop texting me?" is a complaint of silence. */
function isAboutThePast(before: string): boolean {
  return /(?<!how )\b(?:did|do|does|have|had|has|are) (?:you|u|they|we|it|i|yall)(?: all| guys| just| suddenly)? ?$/u.test(
    before,
  )
}

/** "Will you stop sending reminders if I confirm?" */
function isCondition(after: string): boolean {
  return /^.{0,30}\b(?:if|once|when) (?:i|we)\b/u.test(after)
}

/** One code, or several of which the first counts: `C1`, `c 2`, `Y1 thanks`. */
function codeIn(sentences: readonly Sentence[]): number | null {
  for (const { clauses } of sentences)
    for (const clause of clauses) {
      const digits = /^(?:confirm(?:ed)? )?[cy] ?(\d{1,3})\b/u.exec(clause)?.[1]
      if (digits !== undefined) return Number(digits)
    }
  return null
}
