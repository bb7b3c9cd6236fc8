/** The accounts of one customer's ledger. Credits come from `funding`; the sum over all of them is always zero. */
export type LedgerAccount = 'funding' | 'available' | 'held' | 'spent' | 'expired' | 'debt'

/** What each kind of transfer moves. The database holds the same table (transfer_kind) and computes balances from it. */
export const transferKinds = {
  grant: { gives: 'funding', receives: 'available' },
  hold: { gives: 'available', receives: 'held' },
  capture: { gives: 'held', receives: 'spent' },
  release: { gives: 'held', receives: 'available' },
  refund: { gives: 'spent', receives: 'available' },
  expiry: { gives: 'available', receives: 'expired' },
  clawback: { gives: 'available', receives: 'funding' },
  deduction: { gives: 'available', receives: 'funding' },
  debt_charge: { gives: 'debt', receives: 'funding' },
  debt_repayment: { gives: 'available', receives: 'debt' },
  late_charge: { gives: 'available', receives: 'spent' },
} as const satisfies Record<string, { gives: LedgerAccount; receives: LedgerAccount }>

export type TransferKind = keyof typeof transferKinds
