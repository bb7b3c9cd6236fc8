import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import type { DisabledReason, EndpointState } from '../domain/delivery-state.js'

export interface Endpoint {
  id: string
  accountId: AccountId
  url: string
  description: string
  eventTypes: string[]
  state: EndpointState
  disabledReason: DisabledReason | null
  failingSince: Date | null
  createdAt: Date
  changedAt: Date
}

const COLUMNS = `id, account_id as "accountId", url, description, event_types as "eventTypes", state, disabled_reason as "disabledReason",
    failing_since as "failingSince", created_at as "createdAt", changed_at as "changedAt"`

/** In the order in which they were made. */
export async function listEndpointRows(db: Db, accountId: AccountId): Promise<Endpoint[]> {
  return readQuery<Endpoint>(
    db,
    `/* endpoints.list */ select ${COLUMNS} from webhook_endpoint where account_id = $1 and state <> 'deleted' order by id`,
    [accountId],
  )
}

export async function lockEndpoint(tx: Tx, accountId: AccountId, id: string): Promise<Endpoint | null> {
  const [row] = await tx.query<Endpoint>(
    `/* endpoints.lock */
     select ${COLUMNS} from webhook_endpoint where id = $2 and account_id = $1 and state <> 'deleted' for update`,
    [accountId, id],
  )
  return row ?? null
}

export async function countEndpoints(tx: Tx, accountId: AccountId): Promise<number> {
  const [row] = await tx.query<{ endpoints: number }>(
    `/* endpoints.count */ select count(*)::int as endpoints from webhook_endpoint where account_id = $1 and state <> 'deleted'`,
    [accountId],
  )
  return row?.endpoints ?? 0
}

export interface NewEndpoint {
  id: string
  accountId: AccountId
  url: string
  description: string
  eventTypes: readonly string[]
  actor: string
  now: Date
}

/** It is told of what happens from now on. */
export async function insertEndpoint(tx: Tx, endpoint: NewEndpoint): Promise<void> {
  const { id, accountId, url, description, eventTypes, actor, now } = endpoint
  await tx.query(
    `/* endpoints.insert */
     insert into webhook_endpoint (id, account_id, url, description, event_types, through_seq, created_at, created_by, changed_at)
     select $1, account_id, $3, $4, $5, last_seq, $7, $6, $7 from account_feed where account_id = $2`,
    [id, accountId, url, description, eventTypes, actor, now],
  )
}

export interface EndpointChange {
  url: string
  description: string
  eventTypes: readonly string[]
  state: EndpointState
  disabledReason: DisabledReason | null
  /** Leaves out what has happened meanwhile. */
  skipsMissed: boolean
  now: Date
}

/**
 * Being switched on and another address begin a new count of failures. The log's end is read only where it is asked for:
 * whoever reads it in a transaction needs the lock of the account, or gets in the way of those who write to the log.
 */
export async function writeEndpoint(tx: Tx, id: string, change: EndpointChange): Promise<void> {
  await tx.query(
    `/* endpoints.write */
     update webhook_endpoint e set url = $2, description = $3, event_types = $4, state = $5, disabled_reason = $6, changed_at = $8,
       failing_since = case when e.url <> $2 or ($5 = 'enabled' and e.state <> 'enabled') then null else e.failing_since end,
       through_seq = case when $7 then (select last_seq from account_feed f where f.account_id = e.account_id) else e.through_seq end
     where e.id = $1`,
    [
      ...[id, change.url, change.description, change.eventTypes],
      ...[change.state, change.disabledReason, change.skipsMissed, change.now],
    ],
  )
}

/**
 * A success ends a row of failures; the first failure begins one. Nothing is written in between, nor for a call of another
 * address than the endpoint's.
 */
export async function writeHealth(
  tx: Tx,
  id: string,
  health: { ok: boolean; url: string; now: Date },
): Promise<void> {
  await tx.query(
    `/* endpoints.writeHealth */
     update webhook_endpoint set failing_since = case when $2 then null else $3::timestamptz end
     where id = $1 and (failing_since is null) <> $2 and url = $4`,
    [id, health.ok, health.now, health.url],
  )
}

/** For the account's history, which nobody changes any more. The address is told without what may stand behind its path. */
export async function insertEndpointChange(
  tx: Tx,
  endpoint: { id: string; accountId: AccountId; url: string },
  change: {
    kind:
      'webhook_created' | 'webhook_changed' | 'webhook_secret_rolled' | 'webhook_deleted' | 'webhook_disabled'
    actor: string | null
    details: Readonly<Record<string, unknown>>
    at: Date
  },
): Promise<void> {
  await tx.query(
    `/* endpoints.insertChange */ insert into account_change (account_id, kind, actor, details, at) values ($1, $2, $3, $4, $5)`,
    [
      endpoint.accountId,
      change.kind,
      change.actor,
      JSON.stringify({ endpoint: endpoint.id, host: new URL(endpoint.url).host, ...change.details }),
      change.at,
    ],
  )
}

export async function readFailingSince(tx: Tx, id: string): Promise<Date | null> {
  const [row] = await tx.query<{ failingSince: Date | null }>(
    `/* endpoints.readFailingSince */ select failing_since as "failingSince" from webhook_endpoint where id = $1`,
    [id],
  )
  return row?.failingSince ?? null
}
