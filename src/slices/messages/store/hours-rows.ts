import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
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

const HOURS_SQL = `select quiet_hours, quiet_hours_waiver, holidays::text[] as holidays, marketing_per_day
  from account_control where account_id = $1`

type HoursRow = HoursColumns & { marketing_per_day: number }

function toAccountHours(row: HoursRow | undefined): AccountHours | null {
  return row === undefined ? null : { rules: toHoursRules(row), marketingPerDay: row.marketing_per_day }
}

/** What an account has set about the times of its texts; null for an account that is not there. */
export async function readAccountHours(db: Db, accountId: string): Promise<AccountHours | null> {
  const [row] = await readQuery<HoursRow>(db, `/* messages.accountHours */ ${HOURS_SQL}`, [accountId])
  return toAccountHours(row)
}

/** The same in a transaction, as it is there; the gate asks again. */
export async function readAccountHoursIn(tx: Tx, accountId: string): Promise<AccountHours | null> {
  const [row] = await tx.query<HoursRow>(`/* messages.accountHoursIn */ ${HOURS_SQL}`, [accountId])
  return toAccountHours(row)
}

export async function lockAccountHours(tx: Tx, accountId: string): Promise<AccountHours | null> {
  const [row] = await tx.query<HoursRow>(`/* messages.lockHours */ ${HOURS_SQL} for no key update`, [
    accountId,
  ])
  return toAccountHours(row)
}

/** Claims share-lock this row: those that begin later go by these hours. */
export async function writeHours(tx: Tx, accountId: string, hours: AccountHours): Promise<void> {
  await tx.query(
    `/* messages.setHours */
     update account_control set quiet_hours = $2, holidays = $3::date[], marketing_per_day = $4,
       gate_epoch = gate_epoch + 1, changed_at = clock_timestamp()
     where account_id = $1`,
    [accountId, JSON.stringify(hours.rules.windows), hours.rules.holidays, hours.marketingPerDay],
  )
}

export async function writeWaiver(tx: Tx, accountId: string, waiver: string | null): Promise<void> {
  await tx.query(
    `/* messages.waiveHours */
     update account_control set quiet_hours_waiver = $2, gate_epoch = gate_epoch + 1, changed_at = clock_timestamp()
     where account_id = $1`,
    [accountId, waiver],
  )
}

export interface HoursEvent {
  accountId: string
  actor: string
  reason: string | null
  rules: AccountHours
  at: Date
}

export interface ListedHoursEvent extends Omit<HoursEvent, 'accountId'> {
  id: number
  /** What the event before it had left; null for the oldest. */
  before: AccountHours | null
}

/** Newest first. */
export async function listHoursEvents(
  db: Db,
  accountId: string,
  page: { beforeId: number | null; limit: number },
): Promise<ListedHoursEvent[]> {
  const rows = await readQuery<Omit<ListedHoursEvent, 'id'> & { id: string }>(
    db,
    `/* messages.listHoursEvents */
     select e.id, e.actor, e.reason, e.rules, e.at,
       (select p.rules from quiet_hours_event p where p.account_id = $1 and p.id < e.id order by p.id desc limit 1) as before
     from quiet_hours_event e
     where e.account_id = $1 and ($2::bigint is null or e.id < $2) order by e.id desc limit $3`,
    [accountId, page.beforeId, page.limit],
  )
  return rows.map((row) => ({ ...row, id: Number(row.id) }))
}

export async function insertHoursEvent(tx: Tx, event: HoursEvent): Promise<void> {
  await tx.query(
    `/* messages.hoursEvent */
     insert into quiet_hours_event (account_id, actor, reason, rules, at) values ($1, $2, $3, $4, $5)`,
    [event.accountId, event.actor, event.reason, JSON.stringify(event.rules), event.at],
  )
}
