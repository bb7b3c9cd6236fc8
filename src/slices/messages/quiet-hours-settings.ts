import type { AccountId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import { clockTime } from './domain/local-time.js'
import { defaultHours } from './domain/quiet-hours.js'
import { readAccountHours, type AccountHours } from './store/hours-rows.js'

interface DailyHours {
  opens: string
  closes: string
  isOwn: boolean
}

export interface QuietHoursSettings {
  transactional: DailyHours
  marketing: DailyHours
  holidays: string[]
  marketingPerDay: number
  waiver: string | null
}

/** When texts of an account may go, with the defaults filled in; null for an account that is not there. */
export async function quietHoursSettings(
  deps: { db: Db },
  accountId: AccountId,
): Promise<QuietHoursSettings | null> {
  const hours = await readAccountHours(deps.db, accountId)
  return hours === null ? null : toSettings(hours)
}

export function toSettings(hours: AccountHours): QuietHoursSettings {
  const { windows, holidays, waiver } = hours.rules
  const daily = (kind: 'transactional' | 'marketing'): DailyHours => {
    const { opens, closes } = windows[kind] ?? defaultHours[kind]
    return { opens: clockTime(opens), closes: clockTime(closes), isOwn: windows[kind] !== undefined }
  }
  return {
    transactional: daily('transactional'),
    marketing: daily('marketing'),
    holidays: [...holidays],
    marketingPerDay: hours.marketingPerDay,
    waiver,
  }
}
