import { assert } from '../../../kernel/assert.js'
import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'

export interface AccountRules {
  stoppedReason: string | null
  /** A payment of the account is in dispute. */
  disputed: boolean
  subscriptionActive: boolean
  reserveCredits: number
  allowedCountries: string[]
}

const SELECT_RULES = `select sending_stopped_reason, billing_freeze is not null as disputed,
  subscription_state in ('active', 'trialing') as active, reserve_credits, allowed_countries from account_control where account_id = $1`

interface RulesRow {
  sending_stopped_reason: string | null
  disputed: boolean
  active: boolean
  reserve_credits: string
  allowed_countries: string[]
}

function toRules(row: RulesRow | undefined): AccountRules {
  assert(row !== undefined, 'every account has its control row')
  return {
    stoppedReason: row.sending_stopped_reason,
    disputed: row.disputed,
    subscriptionActive: row.active,
    reserveCredits: Number(row.reserve_credits),
    allowedCountries: row.allowed_countries,
  }
}

export async function readAccountRules(db: Db, accountId: AccountId): Promise<AccountRules> {
  const [row] = await readQuery<RulesRow>(db, `/* campaigns.accountRules */ ${SELECT_RULES}`, [accountId])
  return toRules(row)
}

export async function readAccountRulesLocked(tx: Tx, accountId: AccountId): Promise<AccountRules> {
  const [row] = await tx.query<RulesRow>(`/* campaigns.accountRulesLocked */ ${SELECT_RULES} for share`, [
    accountId,
  ])
  return toRules(row)
}
