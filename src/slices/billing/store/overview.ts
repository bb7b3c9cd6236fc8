import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery } from '../../../platform/db/transaction.js'

export interface OverviewRow {
  hasCard: boolean
  isFrozen: boolean
  committedMinor: number
}

export async function readOverview(db: Db, accountId: AccountId, month: string): Promise<OverviewRow> {
  const [row] = await readQuery<OverviewRow>(
    db,
    `/* billing.readOverview */
     select c.card_id is not null as "hasCard", a.billing_freeze is not null as "isFrozen",
       coalesce(m.committed_minor, 0)::float8 as "committedMinor"
     from account_control a left join billing_customer c using (account_id)
     left join top_up_month m on m.account_id = a.account_id and m.month = $2
     where a.account_id = $1`,
    [accountId, month],
  )
  return row ?? { hasCard: false, isFrozen: false, committedMinor: 0 }
}

export interface WorkLeft {
  objectsWaiting: number
  /** The most fetches of one of them that failed in a row. */
  triesMax: number
  openDifferences: number
  openTopUps: number
  frozenAccounts: number
}

/** Over all accounts; each part by a partial index or from a small table. */
export async function workLeft(db: Db): Promise<WorkLeft> {
  const [row] = await readQuery<WorkLeft>(
    db,
    `/* billing.workLeft */
     select o.waiting as "objectsWaiting", o.tries as "triesMax",
       (select count(*)::int from billing_difference where resolved_at is null) as "openDifferences",
       (select count(*)::int from top_up where state in ('requested', 'processing', 'requires_action')) as "openTopUps",
       (select count(distinct account_id)::int from billing_payment
         where (dispute_open or fraud_warned) and (dispute_open or fraud_cleared_at is null)) as "frozenAccounts"
     from (select count(*)::int as waiting, coalesce(max(tries), 0)::int as tries from stripe_object where dirty_ord > fetch_ord) o`,
  )
  return row ?? { objectsWaiting: 0, triesMax: 0, openDifferences: 0, openTopUps: 0, frozenAccounts: 0 }
}
