import { trustId, type AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import type { Role } from '../domain/role.js'
import { sendingStops, type SendingStop } from '../domain/sending-stop.js'
import type { SubscriptionState } from '../domain/subscription-state.js'

export interface Account {
  id: AccountId
  name: string
  createdAt: Date
  subscriptionState: SubscriptionState
  sendingStoppedReason: string | null
  allowedCountries: string[]
  unknownPolicy: 'P0' | 'P1'
  singleUnknownPolicy: 'P0' | 'P1'
  /** Credits that campaigns leave for appointment messages. */
  reserveCredits: number
  /** Single texts per hour; null is no limit. */
  singlesPerHour: number | null
  /** Whether the runaway guard holds the single texts. */
  isHeld: boolean
  /** What keeps it from sending now. */
  stops: SendingStop[]
}

interface AccountRow {
  id: string
  name: string
  created_at: Date
  subscription_state: SubscriptionState
  sending_stopped_reason: string | null
  billing_freeze: string | null
  allowed_countries: string[]
  unknown_policy: 'P0' | 'P1'
  unknown_policy_single: 'P0' | 'P1'
  reserve_credits: string
  singles_per_hour: number | null
  is_held: boolean
  locked_at: Date | null
  platform_stopped_at: Date | null
  stopped_at: Date
}

/** A stop lasts since its own reason came: other changes of the control row beside it do not begin it anew. */
function sinceReason(which: string, reason: string): string {
  return `(select min(at) from control_event where ${which} and ord > coalesce((
    select max(ord) from control_event where ${which} and reason is distinct from ${reason}), 0))`
}

const columns = `a.id, a.name, a.created_at, c.subscription_state, c.sending_stopped_reason, c.billing_freeze, c.allowed_countries, c.unknown_policy,
  c.unknown_policy_single, c.reserve_credits, c.singles_per_hour, c.singles_held is not null as is_held,
  p.locked_at, case when p.sending_stopped_reason is not null then coalesce(${sinceReason(`kind = 'platform'`, 'p.sending_stopped_reason')}, p.changed_at)
  end as platform_stopped_at,
  coalesce(${sinceReason(`kind = 'account' and key = a.id`, 'coalesce(c.sending_stopped_reason, c.billing_freeze, c.subscription_state)')}, c.changed_at) as stopped_at`

const tables = `account a join account_control c on c.account_id = a.id cross join platform_control p`

function toAccount(row: AccountRow): Account {
  return {
    id: trustId(row.id),
    name: row.name,
    createdAt: row.created_at,
    subscriptionState: row.subscription_state,
    sendingStoppedReason: row.sending_stopped_reason,
    allowedCountries: row.allowed_countries,
    unknownPolicy: row.unknown_policy,
    singleUnknownPolicy: row.unknown_policy_single,
    reserveCredits: Number(row.reserve_credits),
    singlesPerHour: row.singles_per_hour,
    isHeld: row.is_held,
    stops: sendingStops({
      lockedAt: row.locked_at,
      platformStoppedAt: row.platform_stopped_at,
      stoppedReason: row.sending_stopped_reason,
      billingFreeze: row.billing_freeze,
      stoppedAt: row.stopped_at,
      subscriptionState: row.subscription_state,
    }),
  }
}

export async function insertAccount(tx: Tx, account: { id: AccountId; name: string }): Promise<void> {
  await tx.query(`/* accounts.insertAccount */ insert into account (id, name) values ($1, $2)`, [
    account.id,
    account.name,
  ])
}

export async function findAccount(db: Db, accountId: AccountId): Promise<Account | null> {
  const [row] = await readQuery<AccountRow>(
    db,
    `/* accounts.findAccount */ select ${columns} from ${tables} where a.id = $1`,
    [accountId],
  )
  return row ? toAccount(row) : null
}

/** Newest first, after an id. */
export async function listAccountsAfter(
  db: Db,
  page: { limit: number; after: string | null },
): Promise<Account[]> {
  const rows = await readQuery<AccountRow>(
    db,
    `/* accounts.listAccounts */ select ${columns} from ${tables}
     where $1::uuid is null or a.id < $1 order by a.id desc limit $2`,
    [page.after, page.limit],
  )
  return rows.map(toAccount)
}

/** The accounts that a person is a member of, oldest membership first. */
export async function listAccountsOfUser(
  db: Db,
  userId: string,
): Promise<{ id: AccountId; name: string; role: Role }[]> {
  return readQuery(
    db,
    `/* accounts.listAccountsOfUser */ select a.id, a.name, m.role from membership m join account a on a.id = m.account_id
     where m.user_id = $1 order by m.created_at, a.id limit 200`,
    [userId],
  )
}

type Settings = Record<string, string | number | string[] | null>

/** As people name them, to tell what changed. */
export async function readSettings(tx: Tx, accountId: AccountId): Promise<Settings | null> {
  const [row] = await tx.query<Settings>(
    `/* accounts.readSettings */ select a.name as "account name", c.allowed_countries as countries, c.reserve_credits as "reserve credits",
       c.unknown_policy as "unknown policy", c.unknown_policy_single as "unknown policy of single texts",
       c.singles_per_hour as "single texts an hour"
     from account a join account_control c on c.account_id = a.id where a.id = $1`,
    [accountId],
  )
  return row ?? null
}

export async function updateSettings(
  tx: Tx,
  accountId: AccountId,
  settings: {
    name: string | null
    allowedCountries: readonly string[] | null
    unknownPolicy: 'P0' | 'P1' | null
    singleUnknownPolicy: 'P0' | 'P1' | null
    reserveCredits: number | null
  },
): Promise<void> {
  await tx.query(`/* accounts.updateName */ update account set name = coalesce($2, name) where id = $1`, [
    accountId,
    settings.name,
  ])
  await tx.query(
    `/* accounts.updateControl */ update account_control set allowed_countries = coalesce($2, allowed_countries),
       unknown_policy = coalesce($3, unknown_policy), reserve_credits = coalesce($4, reserve_credits),
       unknown_policy_single = coalesce($5, unknown_policy_single), changed_at = clock_timestamp()
     where account_id = $1`,
    [
      accountId,
      settings.allowedCountries,
      settings.unknownPolicy,
      settings.reserveCredits,
      settings.singleUnknownPolicy,
    ],
  )
}
