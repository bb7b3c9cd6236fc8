/**
 * The ledger once more, in memory and in the plainest way: what it should contain after each step. Written from the
 * rules in words and not from the SQL, so that the two can be compared transfer by transfer.
 */
export interface ModelTransfer {
  kind: string
  amount: number
  lotNo: number
  refSeq: number | null
}

interface ModelLot {
  lotNo: number
  source: string
  amount: number
  remaining: number
  priority: number
  expiresAt: number | null
  origin: string
}

/** One transfer that holds credits for an attempt, and what became of it. */
interface Part {
  attemptId: string
  holdSeq: number
  amount: number
  lotNo: number
  captureSeq: number | null
  settled: boolean
  refunded: boolean
}

/** One transfer that charged an attempt late. */
interface LatePart {
  attemptId: string
  seq: number
  amount: number
  lotNo: number
  refunded: boolean
}

export type ModelResult = Record<string, unknown>

export class LedgerModel {
  readonly transfers: ModelTransfer[] = []
  readonly lots: ModelLot[] = []
  parts: Part[] = []
  late: LatePart[] = []
  debt = 0
  private readonly keys = new Map<string, string>()

  get available(): number {
    return sum(this.lots.map((lot) => lot.remaining))
  }
  get held(): number {
    return sum(this.parts.filter((part) => !part.settled).map((part) => part.amount))
  }
  get spent(): number {
    const captured = this.parts.filter((part) => part.captureSeq !== null && !part.refunded)
    const late = this.late.filter((part) => !part.refunded)
    return sum([...captured, ...late].map((part) => part.amount))
  }
  get expired(): number {
    return sum(
      this.transfers.filter((transfer) => transfer.kind === 'expiry').map((transfer) => transfer.amount),
    )
  }

  grant(credits: number, terms: Pick<ModelLot, 'source' | 'priority' | 'expiresAt' | 'origin'>): ModelResult {
    const same = this.lots.find((lot) => lot.origin === terms.origin)
    if (same) {
      return same.amount === credits && same.source === terms.source
        ? { ok: true, lotNo: same.lotNo, repeated: true }
        : { ok: false, reason: 'origin-reused' }
    }
    const lot: ModelLot = { ...terms, lotNo: this.lots.length + 1, amount: credits, remaining: credits }
    this.lots.push(lot)
    this.post('grant', credits, lot.lotNo)
    this.repay([lot])
    return { ok: true, lotNo: lot.lotNo, repeated: false }
  }

  expire(now: number): ModelResult {
    let credits = 0
    for (const lot of this.lots) {
      if (lot.remaining === 0 || lot.expiresAt === null || lot.expiresAt > now) continue
      this.post('expiry', lot.remaining, lot.lotNo)
      credits += lot.remaining
      lot.remaining = 0
    }
    return { credits }
  }

  hold(
    requests: readonly { attemptId: string; cost: number }[],
    limits: { reserve: number; cap: number | null; now: number },
  ): ModelResult {
    this.expire(limits.now)
    const availableBefore = this.available
    const most = Math.min(availableBefore - limits.reserve, limits.cap ?? availableBefore)
    let taken = 0
    let held = 0
    for (const { attemptId, cost } of requests) {
      if (taken + cost > most) break
      taken += cost
      held += 1
      const drawn = this.draw(cost).sort((left, right) => left.lot.lotNo - right.lot.lotNo)
      for (const { lot, amount } of drawn) {
        const holdSeq = this.post('hold', amount, lot.lotNo)
        const settlement = { captureSeq: null, settled: false, refunded: false }
        this.parts.push({ attemptId, holdSeq, amount, lotNo: lot.lotNo, ...settlement })
      }
    }
    return { held, availableBefore }
  }

  capture(attemptIds: readonly string[]): ModelResult {
    const parts = this.partsOf(attemptIds)
    if (parts.some((part) => part.settled)) return { twice: true }
    for (const part of parts) {
      part.captureSeq = this.post('capture', part.amount, part.lotNo, part.holdSeq)
      part.settled = true
    }
    return { credits: sum(parts.map((part) => part.amount)) }
  }

  release(attemptIds: readonly string[]): ModelResult {
    const parts = this.partsOf(attemptIds)
    if (parts.some((part) => part.settled)) return { twice: true }
    for (const part of parts) {
      this.post('release', part.amount, part.lotNo, part.holdSeq)
      part.settled = true
    }
    return { credits: this.giveBack(parts) }
  }

  refund(attemptIds: readonly string[]): ModelResult {
    const captured = this.partsOf(attemptIds)
      .filter((part) => part.captureSeq !== null && !part.refunded)
      .map((part) => ({ part, seq: part.captureSeq! }))
    const late = this.late
      .filter((part) => attemptIds.includes(part.attemptId) && !part.refunded)
      .map((part) => ({ part, seq: part.seq }))
    const charges = [...captured, ...late].sort((left, right) => left.seq - right.seq)
    for (const { part, seq } of charges) {
      this.post('refund', part.amount, part.lotNo, seq)
      part.refunded = true
    }
    return { credits: this.giveBack(charges.map(({ part }) => part)) }
  }

  /** Attempts that can be charged late: all that they held was given back, and they were not charged late before. */
  givenBack(attemptIds: readonly string[]): string[] {
    const known = [...new Set(this.parts.map((part) => part.attemptId))]
    return known.filter(
      (id) =>
        attemptIds.includes(id) &&
        !this.late.some((part) => part.attemptId === id) &&
        this.partsOf([id]).every((part) => part.settled && (part.captureSeq === null || part.refunded)),
    )
  }

  chargeLate(attemptIds: readonly string[]): ModelResult {
    const charged = []
    for (const attemptId of this.givenBack(attemptIds)) {
      const cost = sum(this.partsOf([attemptId]).map((part) => part.amount))
      const owed = Math.max(0, cost - this.available)
      const drawn = this.draw(cost - owed)
      if (owed > 0) {
        const terms = { source: 'adjustment', priority: 50, expiresAt: null, origin: `late:${attemptId}` }
        const lot: ModelLot = { ...terms, lotNo: this.lots.length + 1, amount: owed, remaining: 0 }
        this.lots.push(lot)
        this.post('grant', owed, lot.lotNo)
        drawn.push({ lot, amount: owed })
      }
      for (const { lot, amount } of drawn.sort((left, right) => left.lot.lotNo - right.lot.lotNo)) {
        const seq = this.post('late_charge', amount, lot.lotNo)
        this.late.push({ attemptId, seq, amount, lotNo: lot.lotNo, refunded: false })
      }
      if (owed > 0) {
        this.post('debt_charge', owed, this.lots.length)
        this.debt += owed
      }
      charged.push({ attemptId, credits: cost, owed })
    }
    return { charged }
  }

  adjust(credits: number, key: string, now: number): ModelResult {
    const before = this.keys.get(`adjust:${key}`)
    if (before !== undefined) {
      return before === String(credits) ? { ok: true, repeated: true } : { ok: false, reason: 'key-reused' }
    }
    if (credits > 0) {
      this.grant(credits, {
        source: 'adjustment',
        priority: 50,
        expiresAt: null,
        origin: `adjustment:${key}`,
      })
    } else {
      this.expire(now)
      if (this.available < -credits) return { ok: false, reason: 'insufficient-credits' }
      for (const { lot, amount } of this.draw(-credits)) this.post('deduction', amount, lot.lotNo)
    }
    this.keys.set(`adjust:${key}`, String(credits))
    return { ok: true, repeated: false }
  }

  rollBack(lotNo: number, credits: number | null, key: string): ModelResult {
    const before = this.keys.get(`rollback:${key}`)
    if (before !== undefined) {
      const [beforeLot, beforeCredits] = before.split('/').map(Number) as [number, number]
      return beforeLot === lotNo && (credits ?? beforeCredits) === beforeCredits
        ? { ok: true, credits: beforeCredits, repeated: true }
        : { ok: false, reason: 'key-reused' }
    }
    const lot = this.lots.find((each) => each.lotNo === lotNo)
    if (!lot) return { ok: false, reason: 'lot-not-found' }
    const gone = ['clawback', 'debt_charge', 'expiry', 'deduction']
    const left =
      lot.amount -
      sum(this.transfers.filter((t) => t.lotNo === lotNo && gone.includes(t.kind)).map((t) => t.amount))
    if (left <= 0) return { ok: false, reason: 'nothing-left' }
    const wanted = credits ?? left
    if (wanted > left) return { ok: false, reason: 'credits-out-of-range' }
    const taken = Math.min(lot.remaining, wanted)
    if (taken > 0) this.post('clawback', taken, lotNo)
    lot.remaining -= taken
    if (wanted > taken) {
      this.post('debt_charge', wanted - taken, lotNo)
      this.debt += wanted - taken
      this.repay(this.inDrawOrder())
    }
    this.keys.set(`rollback:${key}`, `${String(lotNo)}/${String(wanted)}`)
    return { ok: true, credits: wanted, repeated: false }
  }

  private post(kind: string, amount: number, lotNo: number, refSeq: number | null = null): number {
    this.transfers.push({ kind, amount, lotNo, refSeq })
    return this.transfers.length
  }

  private partsOf(attemptIds: readonly string[]): Part[] {
    return this.parts.filter((part) => attemptIds.includes(part.attemptId))
  }

  /** Puts the credits of these parts back into their lots, and pays the debt from each in turn. */
  private giveBack(parts: readonly { amount: number; lotNo: number }[]): number {
    for (const part of parts) {
      const lot = this.lots[part.lotNo - 1]!
      lot.remaining += part.amount
      const pay = Math.min(part.amount, this.debt)
      if (pay > 0) this.owe(lot, pay)
    }
    return sum(parts.map((part) => part.amount))
  }

  private repay(lots: readonly ModelLot[]): void {
    for (const lot of lots) {
      const pay = Math.min(lot.remaining, this.debt)
      if (pay > 0) this.owe(lot, pay)
    }
  }

  private owe(lot: ModelLot, pay: number): void {
    this.post('debt_repayment', pay, lot.lotNo)
    lot.remaining -= pay
    this.debt -= pay
  }

  private inDrawOrder(): ModelLot[] {
    const late = Number.MAX_SAFE_INTEGER
    return this.lots
      .filter((lot) => lot.remaining > 0)
      .sort(
        (left, right) =>
          left.priority - right.priority ||
          (left.expiresAt ?? late) - (right.expiresAt ?? late) ||
          Number(left.source !== 'promotion') - Number(right.source !== 'promotion') ||
          left.lotNo - right.lotNo,
      )
  }

  private draw(credits: number): { lot: ModelLot; amount: number }[] {
    const drawn = []
    let missing = credits
    for (const lot of this.inDrawOrder()) {
      const amount = Math.min(lot.remaining, missing)
      if (amount === 0) break
      lot.remaining -= amount
      missing -= amount
      drawn.push({ lot, amount })
    }
    return drawn
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
