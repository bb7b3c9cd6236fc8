import { assert } from '../../kernel/assert.js'
import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { endLots, expiredOf, grantCredits } from '../credits/index.js'
import { BILLING_ACTOR } from './billing-deps.js'
import { creditsExpireAt, rollOverShares } from './domain/plan-credits.js'
import { insertLot, lotsToRollOver, markRolled, type BillingLot } from './store/purchases.js'
import { currentPeriod } from './store/roll-over-terms.js'

/**
 * Gives what a period left to the next one, up to the plan's cap, once the next one is paid. The old lots end with that,
 * inside their grace, and what expired of each comes again as a lot of the same purchase: a refund of the old period
 * reaches it. What comes back to a lot after that (a text that was not sent after all) lasts as long as the grace does.
 */
export async function rollOver(
  tx: Tx,
  accountId: AccountId,
  subscriptionId: string,
  now: Date,
): Promise<void> {
  const period = await currentPeriod(tx, accountId, subscriptionId, now)
  if (period === null) return
  const ended = await lotsToRollOver(tx, accountId, subscriptionId, now)
  if (ended.length === 0) return
  const endedNos = ended.map((lot) => lot.lotNo)
  await endLots(tx, accountId, endedNos)
  const left: (BillingLot & { leftCredits: number })[] = []
  for (const lot of ended) left.push({ ...lot, leftCredits: await expiredOf(tx, accountId, lot.lotNo) })
  for (const { lot, credits } of rollOverShares(left, period.rolloverCreditsMax))
    await addRolledLot(tx, lot, credits, period.endsAt)
  await markRolled(tx, accountId, endedNos)
}

async function addRolledLot(tx: Tx, lot: BillingLot, credits: number, endsAt: Date): Promise<void> {
  const granted = await grantCredits(tx, {
    accountId: lot.accountId,
    credits,
    source: 'plan',
    origin: `rollover:${String(lot.lotNo)}`,
    expiresAt: creditsExpireAt(endsAt),
    actor: BILLING_ACTOR,
    reason: 'Left over from the period before',
  })
  assert(granted.ok && !granted.repeated, 'a lot rolls over once')
  await insertLot(tx, {
    ...lot,
    lotNo: granted.lotNo,
    kind: 'rollover',
    periodEnd: endsAt,
    sourceLotNo: lot.lotNo,
  })
}
