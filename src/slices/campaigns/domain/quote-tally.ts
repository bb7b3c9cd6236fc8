import type { SkipCounts, SkipReason } from './skip-reason.js'

/** One recipient's finished text, priced. */
export interface QuotedText {
  country: string
  segments: number
  credits: number
  encoding: 'GSM-7' | 'UCS-2'
  nonGsmCharacters: readonly string[]
}

export interface CountryShare {
  country: string
  recipients: number
  segments: number
  credits: number
}

export interface EncodingCulprit {
  character: string
  recipients: number
}

/** At the moment of the quote, by the hours of each recipient's place. */
export interface QuotedHours {
  textableNow: number
  waiting: number
  /** Of those who wait: when the first and the last of them may be texted. */
  firstOpensAt: Date | null
  lastOpensAt: Date | null
  /** For whom no hour is open in all the places that they may be in. */
  neverOpen: number
}

export interface QuoteFigures {
  audienceSize: number
  recipients: number
  skipped: SkipCounts
  segmentsMin: number
  /** The median. */
  segmentsTypical: number
  segmentsMax: number
  credits: number
  creditsMin: number
  creditsMax: number
  /** Recipients whose text needs UCS-2. */
  ucs2Recipients: number
  culprits: EncodingCulprit[]
  countries: CountryShare[]
}

/** A hostile list cannot make the tally grow without bound; what comes later than these is not listed. */
const CULPRITS_KEPT = 500
const CULPRITS_SHOWN = 20

/** Adds up a quote recipient by recipient, in memory that does not grow with the audience. */
export class QuoteTally {
  private readonly bySegments = new Map<number, number>()
  private readonly byCountry = new Map<string, CountryShare>()
  private readonly culprits = new Map<string, number>()
  private readonly skipped: SkipCounts = {}
  private audienceSize = 0
  private recipients = 0
  private credits = 0
  private creditsMin = Infinity
  private creditsMax = 0
  private ucs2Recipients = 0

  skip(reason: SkipReason): void {
    this.audienceSize += 1
    this.skipped[reason] = (this.skipped[reason] ?? 0) + 1
  }

  add(text: QuotedText): void {
    this.audienceSize += 1
    this.recipients += 1
    this.credits += text.credits
    this.creditsMin = Math.min(this.creditsMin, text.credits)
    this.creditsMax = Math.max(this.creditsMax, text.credits)
    this.bySegments.set(text.segments, (this.bySegments.get(text.segments) ?? 0) + 1)
    this.addCountry(text)
    if (text.encoding === 'GSM-7') return
    this.ucs2Recipients += 1
    for (const character of text.nonGsmCharacters) this.addCulprit(character)
  }

  figures(): QuoteFigures {
    const segments = [...this.bySegments.keys()].sort((left, right) => left - right)
    return {
      audienceSize: this.audienceSize,
      recipients: this.recipients,
      skipped: { ...this.skipped },
      segmentsMin: segments[0] ?? 0,
      segmentsTypical: this.median(segments),
      segmentsMax: segments.at(-1) ?? 0,
      credits: this.credits,
      creditsMin: this.recipients === 0 ? 0 : this.creditsMin,
      creditsMax: this.creditsMax,
      ucs2Recipients: this.ucs2Recipients,
      culprits: [...this.culprits]
        .map(([character, recipients]) => ({ character, recipients }))
        .sort(
          (left, right) => right.recipients - left.recipients || (left.character < right.character ? -1 : 1),
        )
        .slice(0, CULPRITS_SHOWN),
      countries: [...this.byCountry.values()].sort(
        (left, right) => right.recipients - left.recipients || (left.country < right.country ? -1 : 1),
      ),
    }
  }

  private addCountry(text: QuotedText): void {
    const share = this.byCountry.get(text.country) ?? {
      country: text.country,
      recipients: 0,
      segments: 0,
      credits: 0,
    }
    this.byCountry.set(text.country, share)
    share.recipients += 1
    share.segments += text.segments
    share.credits += text.credits
  }

  private addCulprit(character: string): void {
    const seen = this.culprits.get(character)
    if (seen !== undefined || this.culprits.size < CULPRITS_KEPT)
      this.culprits.set(character, (seen ?? 0) + 1)
  }

  /** The lower median, so that it is a number of segments that some recipient really has. */
  private median(ascending: readonly number[]): number {
    let passed = 0
    for (const segments of ascending) {
      passed += this.bySegments.get(segments) ?? 0
      if (passed * 2 >= this.recipients) return segments
    }
    return 0
  }
}
