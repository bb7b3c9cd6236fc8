import { assert } from '../../../kernel/assert.js'
import type { AccountId } from '../../../kernel/ids.js'
import type { Tx } from '../../../platform/db/transaction.js'

interface DayWindow {
  opens: number
  closes: number
}

/** What the account has set for its hours and countries. Asked without a lock: the gate asks again. */
export async function readHoursRules(
  tx: Tx,
  accountId: AccountId,
): Promise<{
  windows: { transactional?: DayWindow; marketing?: DayWindow }
  holidays: string[]
  waiver: string | null
}> {
  const [row] = await tx.query<{
    quiet_hours: { transactional?: DayWindow; marketing?: DayWindow } | null
    quiet_hours_waiver: string | null
    holidays: string[]
  }>(
    `/* appointments.hoursRules */
     select quiet_hours, quiet_hours_waiver, holidays::text[] as holidays from account_control where account_id = $1`,
    [accountId],
  )
  assert(row !== undefined, 'every account has its control row')
  return { windows: row.quiet_hours ?? {}, holidays: row.holidays, waiver: row.quiet_hours_waiver }
}

/** Countries that the account may text. */
export async function readAllowedCountries(tx: Tx, accountId: AccountId): Promise<string[]> {
  const [row] = await tx.query<{ allowed_countries: string[] }>(
    '/* appointments.allowedCountries */ select allowed_countries from account_control where account_id = $1',
    [accountId],
  )
  assert(row !== undefined, 'every account has its control row')
  return row.allowed_countries
}
