import type { Dice } from '../world/dice.js'

/** What may happen to a transaction, apart from going well. */
export type TransactionFault =
  /** Postgres asks to run it again. */
  | 'conflict'
  /** A statement fails unseen: the commit must not pass for one. */
  | 'aborted'
  /** Committed, and the acknowledgement is lost. */
  | 'ack-lost'
  /** Not committed, and nobody is told. */
  | 'commit-lost'
  /** The connection breaks on the way. */
  | 'broken'
  | 'killed-before-commit'
  | 'killed-after-commit'

export interface DatabaseFaults {
  /** Of a hundred transactions, how many have each of the faults. */
  readonly weights: Readonly<Partial<Record<TransactionFault, number>>>
}

export const noDatabaseFaults: DatabaseFaults = { weights: {} }

export function drawFault(faults: DatabaseFaults, dice: Dice): TransactionFault | null {
  const entries = Object.entries(faults.weights) as [TransactionFault, number][]
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0)
  if (total === 0 || !dice.chance(total / 100)) return null
  return dice.weighted(entries.map(([fault, weight]) => [weight, fault] as const))
}

/** As the driver reports a socket that broke: without an SQLSTATE. */
export class ConnectionBroke extends Error {
  override readonly name = 'ConnectionBroke'
  constructor() {
    super('Connection terminated unexpectedly')
  }
}

export class InjectedConflict extends Error {
  override readonly name = 'InjectedConflict'
  readonly code = '40001'
}
