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
