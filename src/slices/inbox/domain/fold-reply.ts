/** A sentence of a reply in a plain form that wordings can be compared with. */
export interface Sentence {
  /** All of it: words with single spaces, without marks. */
  text: string
  /** What stands between its commas and the like, without greetings, thanks and swearing at either end. */
  clauses: readonly string[]
  isQuestion: boolean
}

/** Texts are at most 1,600 characters at the carrier; whatever is longer says what it says at its beginning. */
const LENGTH_MAX = 2_000
const SPELLED_LENGTH_MAX = 12

/** Splits a reply into sentences and clauses, and each into plain words. */
export function foldReply(body: string): Sentence[] {
  const text = unquote(foldLetters(body.slice(0, LENGTH_MAX)))
  const sentences = text.split(/(?<=[.!?;\n])(?=\s|$|[^\s.!?;\n])/u).map(toSentence)
  return [...sentences.filter((sentence) => sentence.text !== ''), ...spelledOut(body)]
}

function toSentence(part: string): Sentence {
  return { text: straighten(words(part)), clauses: clausesOf(part), isQuestion: part.includes('?') }
}

/** What phones add of themselves. */
const SIGNATURE =
  /[\s.,!-]*\b(?:sent from my|get outlook for|enviado desde mi|envoye de mon|von meinem|gesendet von mein|inviato da) (?:\S+ ?){1,4}$/u

/** The whole reply as one clause, as the carrier compares it with its keywords, but for greetings and thanks. */
export function foldWhole(body: string): string {
  return bare(words(foldLetters(body.slice(0, LENGTH_MAX)).replace(SIGNATURE, '')))
}

/** `S.T.O.P`, `s-t-o-p`: the marks between the letters would end sentences. */
function spelledOut(body: string): Sentence[] {
  if (body.length > SPELLED_LENGTH_MAX) return []
  const isSpelled = foldLetters(body).replace(/[^\p{L}]/gu, '') === 'stop'
  const isSign = /^\s*(?:🛑|✋🏻?|⛔)+\s*$/u.test(body)
  return isSpelled || isSign ? [{ text: 'stop', clauses: ['stop'], isQuestion: false }] : []
}

function foldLetters(body: string): string {
  return body
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/(?<=[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}])\p{M}+/gu, '')
    .normalize('NFC')
    .replace(/ß/gu, 'ss')
    .replace(/ł/gu, 'l')
    .replace(/ø/gu, 'o')
    .replace(/[‘’ʼ´`]/gu, "'")
    .replace(/[¡¿]/gu, ' ')
}

/** Our own footer, sent back or asked about: "Reply STOP to opt out". */
function unquote(text: string): string {
  return text.replace(
    /\b(?:reply|text|txt|send|type|respond|replying|sending|texting)(?: with| back)? ["'“(]?(?:stop|end|quit|unsubscribe|cancel)["'”)]? (?:to|2) (?:opt[ -]?out|unsubscribe|stop|end|quit|cancel|be removed)(?: (?:of |from |receiving )?(?:these |the |our )?(?:texts|messages|sms|alerts))?/gu,
    ' ',
  )
}

const CONTRACTIONS: readonly (readonly [RegExp, string])[] = [
  [/\bcan't\b|\bcant\b|\bcannot\b/gu, 'can not'],
  [/\bwon't\b|\bwont\b/gu, 'will not'],
  [/n't\b/gu, ' not'],
  [/\b(do|does|did|is|was|are|have|has|had|should|would|could)nt\b/gu, '$1 not'],
  [/\b(?:don|dnt|dount|donot)\b/gu, 'do not'],
  [/\bi'?m\b/gu, 'i am'],
  [/(?<=[a-z])'ve\b/gu, ' have'],
  [/(?<=[a-z])'re\b/gu, ' are'],
  [/(?<=[a-z])'ll\b/gu, ' will'],
  [/(?<=\b(?:i|you|we|they|he|she|it))'d\b/gu, ' would'],
  [/(?<=[a-z])'s\b/gu, 's'],
]

function words(part: string): string {
  let text = part
  for (const [pattern, full] of CONTRACTIONS) text = text.replace(pattern, full)
  return text
    .replace(/[^\p{L}\p{M}\p{N}#]+/gu, ' ')
    .replace(/\banymore\b/gu, 'any more')
    .trim()
}

/** A no that asks for the thing: "why don't you stop", "if you don't stop", "I can't unsubscribe". */
const STRAIGHT: readonly (readonly [RegExp, string])[] = [
  [/\b(?:if|unless|until) (?:you|u|yall|this|these|they) (?:do|does|will|can) not\b/gu, 'if you'],
  [/\b(?:why|how come) (?:do|will|can|would) (?:not (?:you|u)|(?:you|u) not)\b/gu, 'please'],
  [/\b(?:can|could|will|would) not (?:you|u)\b/gu, 'please'],
  [/\b(?:you|u) (?:will|do|have) not stop\b/gu, 'please stop'],
  [
    /\b(?:can|could) not (?:seem to |figure out how to |find (?:a way|how|where) to )?(?=unsub|opt|get off|be removed|get removed)/gu,
    'want to ',
  ],
  [/\b(?:does|did|will|would) not (?:let me|allow me to|let us) (?=unsub|opt|stop)/gu, 'want to '],
  [
    /\b(?:unable|not able|no way|impossible|nowhere|no option|no link) to (?=unsub|opt|stop|get off|be removed)/gu,
    'want to ',
  ],
]

function straighten(text: string): string {
  return STRAIGHT.reduce((straight, [pattern, said]) => straight.replace(pattern, said), text)
}

const BEFORE =
  /^(?:please|pls|plz|plse|kindly|just|hi|hello|hey|hey there|hi there|good (?:morning|afternoon|evening)|ok|okay|k|no(?= (?:stop|please|pls|unsub))|yes|yeah|sorry|thanks|thank you|thx|ty|um|uh|now|so|and|then|dear|sir|madam|guys|folks|bro|dude|man|omg|wtf|ffs|jesus|god|damn|dammit|fucking|for (?:the love of )?god(?:s sake)?|again|once again|for the (?:last|second|third|tenth|hundredth) time|last time|seriously|yo|look|listen|i (?:already )?said(?: to)?|i say|you (?:need|have) to|you must|you should|i want you to|i need you to|i am (?:asking|telling) you to|i beg you(?: to)?|all|hola|por favor|porfavor|porfa|favor|gracias|buenos dias|s il vous plait|svp|stp|merci|bonjour|bonsoir|bitte|danke|hallo|guten tag|obrigad[oa]|ola|bom dia|per favore|per cortesia|grazie|ciao|buongiorno|пожалуиста|请|請) /u
const AFTER =
  / (?:please|pls|plz|plse|thanks|thank you|thank you (?:very|so) much|thanks (?:a lot|so much)|many thanks|thx|tks|ty|tysm|now|right now|right away|asap|immediately|today|already|sir|maam|madam|dude|bro|man|guys|folks|people|asshole|assholes|fuckers?|jerks?|idiots?|bitch(?:es)?|for good|permanently|forever|and thank you|and thanks|and goodbye|goodbye|bye|have a (?:good|nice|great|blessed) (?:day|one|evening|night)|god bless|por favor|porfavor|gracias|ya|svp|s il vous plait|merci(?: beaucoup)?|bitte|danke|sofort|obrigad[oa]|per favore|grazie|пожалуиста|спасибо)$/u

/** Strips from both ends what says nothing; never all of it, since a lone "yes" or "thanks" is what was said. */
function bare(clause: string): string {
  for (let text = clause; ;) {
    const shorter = text.replace(BEFORE, '').replace(AFTER, '')
    if (shorter === text) return text
    text = shorter
  }
}

/**
 * Clauses at the beginning and the end of a sentence, and the sentence as a whole. One in between is an aside: "wait,
 * stop, I meant Thursday".
 */
function clausesOf(part: string): string[] {
  const pieces = part
    .split(/[,:()"“”„«»…—–|•]| - | but |\p{Extended_Pictographic}/u)
    .map((piece) => straighten(words(piece)))
    .filter((piece) => piece !== '')
  const ends = pieces.length > 2 ? [pieces[0], pieces.at(-1)] : pieces
  const whole = straighten(words(part))
  const said = [whole, ...ends.filter((piece) => piece !== undefined)]
  return [...new Set([...said, ...said.map(bare)])]
}
