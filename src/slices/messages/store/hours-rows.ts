import type { Db } from '../../../platform/db/data-source.js'
import { readQuery } from '../../../platform/db/transaction.js'
import type { HoursRules } from '../domain/quiet-hours.js'

export interface HoursColumns {
  quiet_hours: HoursRules['windows'] | null
  quiet_hours_waiver: string | null
  holidays: string[]
}

export function toHoursRules(row: HoursColumns): HoursRules {
  return { windows: row.quiet_hours ?? {}, holidays: row.holidays, waiver: row.quiet_hours_waiver }
}

export interface AccountHours {
  rules: HoursRules
  /** Marketing texts to one number within 24 hours, at most. */
  marketingPerDay: number
}

/** What an account has set about the times of its texts; null for an account that is not there. */
export async function readAccountHours(db: Db, accountId: string): Promise<AccountHours | null> {
  const [row] = await readQuery<HoursColumns & { marketing_per_day: number }>(
    db,
    `/* messages.accountHours */
     select quiet_hours, quiet_hours_waiver, holidays::text[] as holidays, marketing_per_day
     from account_control where account_id = $1`,
    [accountId],
  )
  return row === undefined ? null : { rules: toHoursRules(row), marketingPerDay: row.marketing_per_day }
}
