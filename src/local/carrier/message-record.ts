import { appendFileSync, closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs'
import { randomBytes } from 'node:crypto'

/** What the carrier accepted. Kept apart from reports and answers, which may be lost: this is what reached the phone. */
export interface RecordedMessage {
  to: string
  from: string | null
  messagingServiceSid: string | null
  body: string | null
  /** 53 bits, so that equal texts show without keeping them. */
  bodyHash: number
  /** The whole address for reports, or null. */
  callback: string | null
  acceptedAtMs: number
  segments: number
  sendingAtMs: number
  sentAtMs: number
  finalAtMs: number
  final: FinalStatus
  errorCode: number | null
  /** From when on lists show it. */
  listedFromMs: number
  /** The message to the same phone before this one; -1 for none. */
  previous: number
}
export type FinalStatus = 'sent' | 'delivered' | 'undelivered' | 'failed'
export type NewMessage = Omit<RecordedMessage, 'previous' | 'bodyHash'>

export interface RecordSummary {
  accepted: number
  distinctPhones: number
  /** Phones that got more than one message, of whatever text. */
  phonesWithSeveral: number
  /** Messages beyond the first with the same text to the same phone. */
  duplicates: number
  /** Messages beyond the first for the same attempt (the same report address). */
  duplicateAttempts: number
  segments: number
}

export interface RecordOptions {
  file?: string
  max: number
  keepBodies: boolean
}

/**
 * Sids count upwards behind a random prefix, so that a sid leads to its message without an index. Messages to one phone
 * are linked newest first, which is how lists ask for them and where duplicates show.
 */
export class MessageRecord {
  private messages: RecordedMessage[] = []
  private latest = new Map<string, number>()
  private runPrefix = `SM${randomBytes(8).toString('hex')}`
  private several = 0
  private duplicates = 0
  private duplicateAttempts = 0
  private segmentCount = 0
  private fileHandle: number | null = null

  constructor(private readonly options: RecordOptions) {
    if (options.file === undefined) return
    if (existsSync(options.file)) this.load(options.file)
    else appendFileSync(options.file, `${JSON.stringify({ run: this.runPrefix })}\n`)
    this.fileHandle = openSync(options.file, 'a')
  }

  get count(): number {
    return this.messages.length
  }

  get isFull(): boolean {
    return this.messages.length >= this.options.max
  }

  /** Returns the index of the message. On disk before it is answered: a killed carrier remembers what it accepted. */
  add(message: NewMessage): number {
    // Written out field by field: this runs for every create, and a spread costs more than the rest of it.
    const recorded: RecordedMessage = {
      to: message.to,
      from: message.from,
      messagingServiceSid: message.messagingServiceSid,
      body: this.options.keepBodies ? message.body : null,
      bodyHash: hashText(message.body ?? ''),
      callback: message.callback,
      acceptedAtMs: message.acceptedAtMs,
      segments: message.segments,
      sendingAtMs: message.sendingAtMs,
      sentAtMs: message.sentAtMs,
      finalAtMs: message.finalAtMs,
      final: message.final,
      errorCode: message.errorCode,
      listedFromMs: message.listedFromMs,
      previous: this.latest.get(message.to) ?? -1,
    }
    if (this.fileHandle !== null) writeSync(this.fileHandle, `${JSON.stringify(recorded)}\n`)
    return this.link(recorded)
  }

  at(index: number): RecordedMessage | undefined {
    return this.messages[index]
  }

  sidOf(index: number): string {
    return this.runPrefix + index.toString(16).padStart(16, '0')
  }

  indexOf(sid: string): number {
    if (!sid.startsWith(this.runPrefix)) return -1
    const index = Number.parseInt(sid.slice(this.runPrefix.length), 16)
    return index < this.messages.length ? index : -1
  }

  /** Newest first; every message when no phone is given. */
  *newestFirst(to: string | null): Generator<number> {
    if (to === null) {
      for (let index = this.messages.length - 1; index >= 0; index -= 1) yield index
      return
    }
    let index = this.latest.get(to) ?? -1
    while (index >= 0) {
      yield index
      index = this.messages[index]?.previous ?? -1
    }
  }

  summary(): RecordSummary {
    return {
      accepted: this.messages.length,
      distinctPhones: this.latest.size,
      phonesWithSeveral: this.several,
      duplicates: this.duplicates,
      duplicateAttempts: this.duplicateAttempts,
      segments: this.segmentCount,
    }
  }

  /** Forgets everything, on disk as well. */
  clear(): void {
    this.messages = []
    this.latest = new Map()
    this.runPrefix = `SM${randomBytes(8).toString('hex')}`
    this.several = 0
    this.duplicates = 0
    this.duplicateAttempts = 0
    this.segmentCount = 0
    if (this.options.file === undefined || this.fileHandle === null) return
    closeSync(this.fileHandle)
    this.fileHandle = openSync(this.options.file, 'w')
    writeSync(this.fileHandle, `${JSON.stringify({ run: this.runPrefix })}\n`)
  }

  close(): void {
    if (this.fileHandle !== null) closeSync(this.fileHandle)
    this.fileHandle = null
  }

  private link(message: RecordedMessage): number {
    const index = this.messages.push(message) - 1
    this.latest.set(message.to, index)
    this.segmentCount += message.segments
    if (message.previous >= 0) this.countRepeats(message)
    return index
  }

  private countRepeats(message: RecordedMessage): void {
    const earlier: RecordedMessage[] = []
    for (let index = message.previous; index >= 0; index = this.messages[index]?.previous ?? -1) {
      const found = this.messages[index]
      if (found !== undefined) earlier.push(found)
    }
    if (earlier.length === 1) this.several += 1
    if (earlier.some((other) => other.bodyHash === message.bodyHash)) this.duplicates += 1
    const { callback } = message
    if (callback !== null && earlier.some((other) => other.callback === callback)) this.duplicateAttempts += 1
  }

  private load(file: string): void {
    const text = readFileSync(file, 'utf8')
    // Whatever comes next must not continue a line that was cut off.
    if (text !== '' && !text.endsWith('\n')) appendFileSync(file, '\n')
    for (const line of text.split('\n')) {
      const entry = line === '' ? null : parseLine(line)
      if (entry === null) continue
      if ('run' in entry) this.runPrefix = entry.run
      else this.link(entry)
    }
  }
}

/** The last line may be cut off when the machine went down; its message was never answered. */
function parseLine(line: string): { run: string } | RecordedMessage | null {
  try {
    return JSON.parse(line) as { run: string } | RecordedMessage
  } catch {
    return null
  }
}

/** 53 bits by the cyrb53 method (public domain): enough to tell texts to one phone apart, at a fraction of SHA-256. */
export function hashText(text: string): number {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    high = Math.imul(high ^ unit, 2_654_435_761)
    low = Math.imul(low ^ unit, 1_597_334_677)
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909)
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909)
  return 4_294_967_296 * (2_097_151 & low) + (high >>> 0)
}
