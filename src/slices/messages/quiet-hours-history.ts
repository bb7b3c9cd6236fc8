import type { AccountId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import { toSettings, type QuietHoursSettings } from './quiet-hours-settings.js'
import { listHoursEvents, type AccountHours } from './store/hours-rows.js'

export interface QuietHoursChange {
  id: number
  at: Date
  actor: string
  /** Of a waiver. */
  reason: string | null
  /** The settings that are not as they were before. */
  changed: (keyof QuietHoursSettings)[]
  before: QuietHoursSettings
  /** What held from then on. */
  settings: QuietHoursSettings
}

/** What an account begins with, as the columns have it. */
const BEGINNING: AccountHours = { rules: { windows: {}, holidays: [], waiver: null }, marketingPerDay: 3 }

/**
 * Who changed when texts of an account may go, newest first: each with what held before and from then on, so that "which
 * hours held at that time, and by whose word?" has an answer. The history cannot be changed. Refuses nothing.
 */
export async function quietHoursHistory(
  deps: { db: Db },
  accountId: AccountId,
  page: { beforeId: number | null; limit: number },
): Promise<QuietHoursChange[]> {
  const events = await listHoursEvents(deps.db, accountId, page)
  return events.map((event) => {
    const { id, at, actor, reason } = event
    const before = toSettings(event.before ?? BEGINNING)
    const settings = toSettings(event.rules)
    return { id, at, actor, reason, changed: differences(before, settings), before, settings }
  })
}

function differences(before: QuietHoursSettings, after: QuietHoursSettings): (keyof QuietHoursSettings)[] {
  const names = Object.keys(after) as (keyof QuietHoursSettings)[]
  return names.filter((name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]))
}
