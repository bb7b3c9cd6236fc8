import { transferKinds, type LedgerAccount, type TransferKind } from './transfer-kind.js'

export interface Moved {
  kind: TransferKind
  lotNo: number
  credits: number
}

export interface Claimed {
  available: number
  held: number
  spent: number
  expired: number
  debt: number
  lots: readonly { lotNo: number; amountCredits: number; remainingCredits: number }[]
}

/** Balances and lots counted up from zero, from the meaning of each kind of transfer as the program knows it. */
export class RecomputedBalance {
  private readonly accounts = new Map<LedgerAccount, number>()
  private readonly lots = new Map<number, number>()

  add({ kind, lotNo, credits }: Moved): void {
    const { gives, receives } = transferKinds[kind]
    this.accounts.set(gives, this.of(gives) - credits)
    this.accounts.set(receives, this.of(receives) + credits)
    const delta = (receives === 'available' ? credits : 0) - (gives === 'available' ? credits : 0)
    this.lots.set(lotNo, (this.lots.get(lotNo) ?? 0) + delta)
  }

  /** The first difference between what was counted and what the tables claim, in words; null when there is none. */
  differenceFrom(claimed: Claimed): string | null {
    const counted: Omit<Claimed, 'lots'> = {
      available: this.of('available'),
      held: this.of('held'),
      spent: this.of('spent'),
      expired: this.of('expired'),
      debt: 0 - this.of('debt'),
    }
    for (const bucket of ['available', 'held', 'spent', 'expired', 'debt'] as const) {
      if (counted[bucket] !== claimed[bucket]) {
        return `the balance says ${String(claimed[bucket])} ${bucket}, its transfers add up to ${String(counted[bucket])}`
      }
    }
    return this.lotDifference(claimed)
  }

  private lotDifference(claimed: Claimed): string | null {
    for (const lot of claimed.lots) {
      const left = this.lots.get(lot.lotNo) ?? 0
      if (left !== lot.remainingCredits) {
        return `lot ${String(lot.lotNo)} says ${String(lot.remainingCredits)} left, its transfers add up to ${String(left)}`
      }
    }
    const known = new Set(claimed.lots.map((lot) => lot.lotNo))
    const lost = [...this.lots.keys()].find((lotNo) => !known.has(lotNo))
    return lost === undefined ? null : `lot ${String(lost)} has transfers but is missing`
  }

  private of(account: LedgerAccount): number {
    return this.accounts.get(account) ?? 0
  }
}
