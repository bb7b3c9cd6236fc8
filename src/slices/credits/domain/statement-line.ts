import type { LotSource } from './credit-lot.js'
import { transferKinds, type TransferKind } from './transfer-kind.js'

/** One transfer of the ledger as its owner reads it. All amounts in credits. */
export interface StatementLine {
  seq: number
  at: Date
  kind: TransferKind
  /** The same in words. */
  description: string
  /** How many credits moved, whatever the direction. */
  amount: number
  /** What it changed in available: negative for a hold, zero for a capture. */
  availableChange: number
  heldChange: number
  /** After this transfer. */
  available: number
  held: number
  lotNo: number
  lotSource: LotSource
  actor: string
  reason: string | null
  messageId: string | null
  campaignId: string | null
  blockNo: number
}

export type StatementFact = Omit<
  StatementLine,
  'description' | 'availableChange' | 'heldChange' | 'available' | 'held'
>

const sources: Readonly<Record<LotSource, string>> = {
  plan: 'plan',
  purchase: 'purchase',
  promotion: 'promotion',
  adjustment: 'correction',
}

const words: Readonly<Record<TransferKind, (fact: StatementFact) => string>> = {
  grant: ({ lotNo, lotSource }) => `Credits from a ${sources[lotSource]} (lot ${String(lotNo)})`,
  hold: () => 'Set aside for a message',
  capture: () => 'Spent on a message',
  release: () => 'Came back: the message was not sent',
  refund: () => 'Refunded',
  expiry: ({ lotNo }) => `Time of lot ${String(lotNo)} is over`,
  clawback: ({ lotNo }) => `Taken back from lot ${String(lotNo)}`,
  deduction: () => 'Deducted by an administrator',
  debt_charge: ({ lotNo }) => `Owed: lot ${String(lotNo)} was taken back after it had been used`,
  debt_repayment: ({ lotNo }) => `Debt paid from lot ${String(lotNo)}`,
  late_charge: () => 'Spent on a message that the carrier has after all',
}

/** What one transfer changes in a ledger account of its owner. */
export function changeOf(kind: TransferKind, amount: number, account: 'available' | 'held'): number {
  const { gives, receives } = transferKinds[kind]
  if (receives === account) return amount
  return gives === account ? -amount : 0
}

/** The line of a fact, given what was available and held after it. */
export function toLine(fact: StatementFact, after: { available: number; held: number }): StatementLine {
  return {
    ...fact,
    ...after,
    description: words[fact.kind](fact),
    availableChange: changeOf(fact.kind, fact.amount, 'available'),
    heldChange: changeOf(fact.kind, fact.amount, 'held'),
  }
}
