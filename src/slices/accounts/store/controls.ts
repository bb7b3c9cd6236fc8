import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import type { SubscriptionState } from '../domain/subscription-state.js'

// Claims share-lock these rows, so an update here waits for one claim batch at most and every later claim sees it.
// The history of each change is written by a trigger, with the actor that the transaction names.

export async function setAccountStop(
  tx: Tx,
  accountId: AccountId,
  { reason, actor }: { reason: string | null; actor: string | null },
): Promise<boolean> {
  const rows = await tx.query(
    `/* accounts.setAccountStop */ update account_control
     set sending_stopped_reason = $2, gate_epoch = gate_epoch + 1, changed_at = clock_timestamp()
     from (select set_config('tollgate.actor', $3, true)) by
     where account_id = $1 returning account_id`,
    [accountId, reason, actor ?? ''],
  )
  return rows.length === 1
}

/** Only when nothing stops it yet: the first reason stays. Returns whether this stopped it. */
export async function stopSendingAccount(tx: Tx, accountId: AccountId, reason: string): Promise<boolean> {
  const rows = await tx.query(
    `/* accounts.stopSendingAccount */ update account_control
     set sending_stopped_reason = $2, gate_epoch = gate_epoch + 1, changed_at = clock_timestamp()
     where account_id = $1 and sending_stopped_reason is null returning account_id`,
    [accountId, reason],
  )
  return rows.length === 1
}

/**
 * For every write of `platform_control`, before anything else of its transaction. All claims share-lock its one row, each for a
 * moment: where many accounts send there is always one, and an update would wait for ever, since a share lock asks nobody who
 * waits. A lock of the table stands in a queue, so those that are there are waited for, and those that come wait.
 */
export async function lockPlatform(tx: Tx): Promise<void> {
  await tx.query('/* accounts.lockPlatform */ lock table platform_control in exclusive mode')
}

/** The same for the whole platform. */
export async function stopSendingPlatform(tx: Tx, reason: string): Promise<boolean> {
  await lockPlatform(tx)
  const rows = await tx.query(
    `/* accounts.stopSendingPlatform */ update platform_control
     set sending_stopped_reason = $1, changed_at = clock_timestamp()
     where sending_stopped_reason is null returning only_row`,
    [reason],
  )
  return rows.length === 1
}

export async function setPlatformStop(
  tx: Tx,
  { reason, actor }: { reason: string | null; actor: string | null },
): Promise<void> {
  await lockPlatform(tx)
  await tx.query(
    `/* accounts.setPlatformStop */ update platform_control
     set sending_stopped_reason = $1, changed_at = clock_timestamp()
     from (select set_config('tollgate.actor', $2, true)) by`,
    [reason, actor ?? ''],
  )
}

/** Accounts in which anything ever happened, those with the most first. */
export async function accountsWithEvents(db: Db, limit: number): Promise<AccountId[]> {
  const rows = await readQuery<{ account_id: AccountId }>(
    db,
    `/* accounts.accountsWithEvents */ select account_id from account_feed where last_seq > 0 order by last_seq desc, account_id limit $1`,
    [limit],
  )
  return rows.map((row) => row.account_id)
}

export async function readPlatformStop(db: Db): Promise<string | null> {
  const [row] = await readQuery<{ sending_stopped_reason: string | null }>(
    db,
    `/* accounts.readPlatformStop */ select sending_stopped_reason from platform_control`,
  )
  return row?.sending_stopped_reason ?? null
}

export async function setSubscriptionState(
  tx: Tx,
  accountId: AccountId,
  { state, actor }: { state: SubscriptionState; actor: string | null },
): Promise<boolean> {
  const rows = await tx.query(
    `/* accounts.setSubscriptionState */ update account_control
     set subscription_state = $2, gate_epoch = gate_epoch + 1, changed_at = clock_timestamp()
     from (select set_config('tollgate.actor', $3, true)) by
     where account_id = $1 returning account_id`,
    [accountId, state, actor ?? ''],
  )
  return rows.length === 1
}

export async function setSinglesPerHour(tx: Tx, accountId: AccountId, perHour: number | null): Promise<void> {
  await tx.query(
    `/* accounts.setSinglesPerHour */ update account_control
     set singles_per_hour = $2, gate_epoch = gate_epoch + 1, changed_at = clock_timestamp() where account_id = $1`,
    [accountId, perHour],
  )
}

/**
 * What payments say about an account: the state of its subscription (null leaves it to the administrators), and whether a
 * dispute holds everything. Writes only what changes, because every write makes claims wait.
 */
export async function setBillingControl(
  tx: Tx,
  accountId: AccountId,
  control: { subscriptionState: SubscriptionState | null; freeze: string | null },
): Promise<{ subscriptionChanged: boolean; freezeChanged: boolean }> {
  const [changed] = await tx.query<{ subscriptionChanged: boolean; freezeChanged: boolean }>(
    `/* accounts.setBillingControl */
     with before as (select account_id, subscription_state, billing_freeze from account_control where account_id = $1 for update)
     update account_control c
     set subscription_state = coalesce($2, c.subscription_state), billing_freeze = $3, gate_epoch = c.gate_epoch + 1,
       changed_at = clock_timestamp()
     from before b
     where c.account_id = b.account_id and (b.subscription_state, b.billing_freeze) is distinct from (coalesce($2, b.subscription_state), $3)
     returning b.subscription_state is distinct from c.subscription_state as "subscriptionChanged",
       b.billing_freeze is distinct from c.billing_freeze as "freezeChanged"`,
    [accountId, control.subscriptionState, control.freeze],
  )
  return changed ?? { subscriptionChanged: false, freezeChanged: false }
}

/** When it was last shown that the carrier refuses late requests; null takes the proof back. */
export async function setFenceProved(tx: Tx, provedAt: Date | null): Promise<void> {
  await lockPlatform(tx)
  await tx.query(
    `/* accounts.setFenceProved */ update platform_control set fence_proved_at = $1, changed_at = clock_timestamp()`,
    [provedAt],
  )
}

export async function isFenceProved(tx: Tx): Promise<boolean> {
  const [row] = await tx.query<{ proved: boolean }>(
    `/* accounts.isFenceProved */ select fence_proved_at is not null as proved from platform_control`,
  )
  return row?.proved ?? false
}
