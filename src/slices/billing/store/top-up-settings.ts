import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import type { TopUpSetting } from '../domain/top-up-plan.js'

export interface StoredSetting extends TopUpSetting {
  disabledReason: string | null
  failures: number
}

const COLUMNS = `enabled, threshold_credits::float8 as "thresholdCredits", mode, credits::float8 as credits,
  monthly_cap_minor::float8 as "monthlyCapMinor", disabled_reason as "disabledReason", failures,
  case when rest_until = '-infinity' then to_timestamp(0) else rest_until end as "restUntil"`

export async function readSetting(db: Db, accountId: AccountId): Promise<StoredSetting | null> {
  const [row] = await readQuery<StoredSetting>(
    db,
    `/* billing.readSetting */ select ${COLUMNS} from top_up_setting where account_id = $1`,
    [accountId],
  )
  return row ?? null
}

export async function lockSetting(tx: Tx, accountId: AccountId): Promise<StoredSetting | null> {
  const [row] = await tx.query<StoredSetting>(
    `/* billing.lockSetting */ select ${COLUMNS} from top_up_setting where account_id = $1 for update`,
    [accountId],
  )
  return row ?? null
}

export async function writeSetting(
  tx: Tx,
  accountId: AccountId,
  setting: Omit<TopUpSetting, 'restUntil'>,
  now: Date,
): Promise<void> {
  await tx.query(
    `/* billing.writeSetting */
     insert into top_up_setting (account_id, enabled, threshold_credits, mode, credits, monthly_cap_minor, disabled_reason, changed_at)
     values ($1, $2, $3, $4, $5, $6, case when $2 then null else 'by-customer' end, $7)
     on conflict (account_id) do update set enabled = excluded.enabled, threshold_credits = excluded.threshold_credits,
       mode = excluded.mode, credits = excluded.credits, monthly_cap_minor = excluded.monthly_cap_minor,
       disabled_reason = excluded.disabled_reason, failures = 0, rest_until = '-infinity', changed_at = excluded.changed_at`,
    [
      accountId,
      setting.enabled,
      setting.thresholdCredits,
      setting.mode,
      setting.credits,
      setting.monthlyCapMinor,
      now,
    ],
  )
}

export async function disableSetting(
  tx: Tx,
  accountId: AccountId,
  reason: string,
  now: Date,
): Promise<boolean> {
  const rows = await tx.query(
    `/* billing.disableSetting */
     update top_up_setting set enabled = false, disabled_reason = $2, changed_at = $3 where account_id = $1 and enabled
     returning account_id`,
    [accountId, reason, now],
  )
  return rows.length === 1
}

export async function writeRest(
  tx: Tx,
  accountId: AccountId,
  rest: { failures: number; until: Date },
): Promise<void> {
  await tx.query(
    `/* billing.writeRest */ update top_up_setting set failures = $2, rest_until = $3 where account_id = $1`,
    [accountId, rest.failures, rest.until],
  )
}

/** Accounts that fell below their mark and may be looked at now. */
export async function readDue(db: Db, now: Date, limit: number): Promise<AccountId[]> {
  const rows = await readQuery<{ accountId: AccountId }>(
    db,
    `/* billing.readDue */
     select account_id as "accountId" from top_up_due where not_before <= $1 order by not_before, account_id limit $2`,
    [now, limit],
  )
  return rows.map((row) => row.accountId)
}

/** Looks at this account again, now or from that time on. */
export async function makeDue(tx: Tx, accountId: AccountId, notBefore: Date | null): Promise<void> {
  await tx.query(
    `/* billing.makeDue */
     insert into top_up_due (account_id, not_before) values ($1, coalesce($2, '-infinity'::timestamptz))
     on conflict (account_id) do update set not_before = excluded.not_before`,
    [accountId, notBefore],
  )
}

export async function clearDue(tx: Tx, accountId: AccountId): Promise<void> {
  await tx.query('/* billing.clearDue */ delete from top_up_due where account_id = $1', [accountId])
}

/**
 * Whether the account may not send. One without a plan that buys packs is `active` by an administrator's word; whose plan
 * has ended, or who never was let in, could not use what a top-up brings.
 */
export async function isFrozen(tx: Tx, accountId: AccountId): Promise<boolean> {
  const [row] = await tx.query<{ frozen: boolean }>(
    `/* billing.isFrozen */
     select coalesce(billing_freeze, sending_stopped_reason) is not null or subscription_state not in ('active', 'trialing') as frozen
     from account_control where account_id = $1`,
    [accountId],
  )
  return row?.frozen ?? true
}

export async function availableOf(tx: Tx, accountId: AccountId): Promise<number> {
  const [row] = await tx.query<{ available: number }>(
    `/* billing.availableOf */
     select (available - debt)::float8 as available from credit_balance where account_id = $1 for update`,
    [accountId],
  )
  return row?.available ?? 0
}
