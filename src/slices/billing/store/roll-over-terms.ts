import type { AccountId } from '../../../kernel/ids.js'
import type { Tx } from '../../../platform/db/transaction.js'

/** The period of a subscription that is paid and runs now, by the lot that was granted for it; null between periods. */
export async function currentPeriod(
  tx: Tx,
  accountId: AccountId,
  subscriptionId: string,
  now: Date,
): Promise<{ endsAt: Date; rolloverCreditsMax: number } | null> {
  const [row] = await tx.query<{ endsAt: Date; rolloverCreditsMax: number }>(
    `/* billing.currentPeriod */
     select l.period_end as "endsAt", i.rollover_credits_max::float8 as "rolloverCreditsMax"
     from billing_lot l join price_list_item i using (code)
     where l.account_id = $1 and l.subscription_id = $2 and l.kind = 'grant' and l.period_end > $3
     order by l.period_end desc, l.lot_no desc limit 1`,
    [accountId, subscriptionId, now],
  )
  return row ?? null
}
