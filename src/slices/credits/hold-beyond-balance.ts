import { assert } from '../../kernel/assert.js'
import type { Tx } from '../../platform/db/transaction.js'
import { expireLots } from './expire-lots.js'
import { grantCredits } from './grant-credits.js'
import { holdCredits, type HoldRequest } from './hold-credits.js'
import { rollBackGrant } from './roll-back-grant.js'
import { readBalanceLocked } from './store/balance.js'

/** What was lent so that holds could be made for texts that have left already; settled in the same transaction. */
export interface Loan {
  lotNo: number | null
  key: string
  actor: string
  reason: string
}

/**
 * Holds for texts that were sent already, whether or not the credits are there: what is missing is lent as a lot, which
 * `settleLoan` takes back once the holds are captured and which then stands as debt, as after any other grant that was
 * taken back. Only for what cannot be unsent; whoever may still refuse calls `holdCredits`.
 */
export async function holdBeyondBalance(
  tx: Tx,
  accountId: string,
  requests: readonly HoldRequest[],
  given: { now: Date; key: string; actor: string; reason: string },
): Promise<Loan> {
  const { now, key, actor, reason } = given
  await expireLots(tx, accountId, now)
  const balance = await readBalanceLocked(tx, accountId)
  const cost = requests.reduce((sum, request) => sum + request.cost, 0)
  // A grant pays debt first.
  const missing = cost + balance.debt - balance.available
  let lotNo: number | null = null
  if (missing > 0) {
    const lent = await grantCredits(tx, {
      accountId,
      credits: missing,
      source: 'adjustment',
      origin: `restore:${key}`,
      actor,
      reason,
    })
    assert(lent.ok && !lent.repeated, 'a text is imported once')
    lotNo = lent.lotNo
  }
  const { held } = await holdCredits(tx, accountId, requests, {
    reserveCredits: 0,
    capCredits: null,
    now,
    actor,
  })
  assert(held === requests.length, 'what was missing has been lent')
  return { lotNo, key, actor, reason }
}

/** Takes the loan back: what was spent of it is owed from now on. */
export async function settleLoan(tx: Tx, accountId: string, loan: Loan): Promise<void> {
  if (loan.lotNo === null) return
  const { lotNo, key, actor, reason } = loan
  const taken = await rollBackGrant(tx, { accountId, lotNo, key: `restore:${key}`, actor, reason })
  assert(taken.ok, 'a loan of this transaction can be taken back')
}
