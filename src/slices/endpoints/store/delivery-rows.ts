import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import type { DeliveryState } from '../domain/delivery-state.js'

export interface DueLimits {
  now: Date
  /** In all. */
  limit: number
  perEndpoint: number
  /** To an endpoint that failed the last time. */
  perFailing: number
}

/**
 * What may be taken now, at most so many for each endpoint, what is being sent counted in. A free place goes to the account
 * that has the fewest calls under way, so that neither slow receivers nor a large account keep others waiting.
 */
export async function readDue(db: Db, { now, limit, perEndpoint, perFailing }: DueLimits): Promise<string[]> {
  const rows = await readQuery<{ id: string }>(
    db,
    `/* endpoints.readDue */
     select due.id from (
       select d.id, d.not_before, e.busy + row_number() over (partition by e.account_id order by d.not_before, d.id) as turn
       from (
         select id, account_id, failing_since, calls, sum(calls) over (partition by account_id) as busy
         from webhook_endpoint cross join lateral (
           select count(*) as calls from webhook_delivery s
           where s.endpoint_id = webhook_endpoint.id and s.state = 'sending' and s.lease_until > $1) under_way
         where state = 'enabled') e
       cross join lateral (
         select w.id, w.not_before from webhook_delivery w where w.endpoint_id = e.id and w.state = 'waiting' and w.not_before <= $1
         order by w.not_before, w.id
         limit greatest(0, case when e.failing_since is null then $3::bigint else $4::bigint end - e.calls)
       ) d) due
     order by due.turn, due.not_before, due.id limit $2`,
    [now, limit, perEndpoint, perFailing],
  )
  return rows.map(({ id }) => id)
}

export interface TakenDelivery {
  id: string
  endpointId: string
  accountId: AccountId
  url: string
  type: string
  body: string
  lease: string
  /** Which try this is, over all. */
  n: number
}

/** From here on they are this process's until the lease ends; what somebody else took meanwhile is not among them. */
export async function takeDeliveries(
  tx: Tx,
  ids: readonly string[],
  { lease, until, now }: { lease: string; until: Date; now: Date },
): Promise<TakenDelivery[]> {
  return tx.query<TakenDelivery>(
    `/* endpoints.takeDeliveries */
     update webhook_delivery d set state = 'sending', lease = $2, lease_until = $3, tries = tries + 1, round_tries = round_tries + 1,
       changed_at = $4
     from webhook_endpoint e
     where d.id = any ($1::uuid[]) and d.state = 'waiting' and d.not_before <= $4 and e.id = d.endpoint_id and e.state = 'enabled'
     returning d.id, d.endpoint_id as "endpointId", d.account_id as "accountId", e.url, d.type, d.body, d.lease, d.tries as n`,
    [ids, lease, until, now],
  )
}

export interface Held {
  n: number
  roundTries: number
  at: Date
  endpointId: string
  accountId: AccountId
}

/** Locks it for whoever holds this lease; null when it is nobody's any more, or another one's. */
export async function lockHeld(tx: Tx, id: string, lease: string): Promise<Held | null> {
  const [row] = await tx.query<Held>(
    `/* endpoints.lockHeld */
     select tries as n, round_tries as "roundTries", changed_at as at, endpoint_id as "endpointId", account_id as "accountId"
     from webhook_delivery where id = $1 and lease = $2 and state = 'sending' for update`,
    [id, lease],
  )
  return row ?? null
}

export async function endTry(
  tx: Tx,
  id: string,
  { to, notBefore, now }: { to: DeliveryState; notBefore: Date; now: Date },
): Promise<void> {
  await tx.query(
    `/* endpoints.endTry */
     update webhook_delivery set state = $2, not_before = $3, lease = null, lease_until = null, changed_at = $4 where id = $1`,
    [id, to, notBefore, now],
  )
}

export interface NewAttempt {
  deliveryId: string
  n: number
  at: Date
  durationMs: number
  status: number | null
  problem: string | null
  answer: string | null
}

export async function insertAttempt(tx: Tx, attempt: NewAttempt): Promise<void> {
  const { deliveryId, n, at, durationMs, status, problem, answer } = attempt
  await tx.query(
    `/* endpoints.insertAttempt */
     insert into webhook_attempt (delivery_id, n, at, duration_ms, status, problem, answer) values ($1, $2, $3, $4, $5, $6, $7)`,
    [deliveryId, n, at, durationMs, status, problem, answer],
  )
}

/** Their processes never came back. */
export async function readLost(db: Db, now: Date, limit: number): Promise<{ id: string; lease: string }[]> {
  return readQuery(
    db,
    `/* endpoints.readLost */
     select id, lease from webhook_delivery where state = 'sending' and lease_until <= $1 order by lease_until limit $2`,
    [now, limit],
  )
}

/** What waits for an endpoint that is no more. What is being sent ends with its try. */
export async function giveUpWaiting(tx: Tx, endpointId: string, now: Date): Promise<void> {
  await tx.query(
    `/* endpoints.giveUpWaiting */
     update webhook_delivery set state = 'failed', changed_at = $2 where endpoint_id = $1 and state = 'waiting'`,
    [endpointId, now],
  )
}

export async function isDeleted(tx: Tx, endpointId: string): Promise<boolean> {
  const [row] = await tx.query<{ deleted: boolean }>(
    `/* endpoints.isDeleted */ select state = 'deleted' as deleted from webhook_endpoint where id = $1`,
    [endpointId],
  )
  return row?.deleted ?? true
}

/** One that ended, once more and with all its tries; null when it is not there or has not ended. */
export async function askAgain(
  tx: Tx,
  { accountId, id, now }: { accountId: AccountId; id: string; now: Date },
): Promise<boolean> {
  const rows = await tx.query(
    `/* endpoints.askAgain */
     update webhook_delivery d set state = 'waiting', round_tries = 0, not_before = $3, changed_at = $3
     from webhook_endpoint e
     where d.id = $2 and d.account_id = $1 and d.state in ('delivered', 'failed') and e.id = d.endpoint_id and e.state <> 'deleted'
     returning 1`,
    [accountId, id, now],
  )
  return rows.length > 0
}

/** All of these types that failed of events since a moment, the oldest first, at most so many. Returns how many. */
export async function askFailedAgain(
  tx: Tx,
  wanted: { endpointId: string; types: readonly string[]; since: Date; limit: number },
  now: Date,
): Promise<number> {
  const rows = await tx.query(
    `/* endpoints.askFailedAgain */
     update webhook_delivery set state = 'waiting', round_tries = 0, not_before = $3, changed_at = $3
     where id in (
       select one.id from unnest($5::text[]) as t (type) cross join lateral (
         select id from webhook_delivery
         where (endpoint_id, state, type, id) >= ($1, 'failed', t.type, '00000000-0000-0000-0000-000000000000'::uuid)
           and (endpoint_id, state, type, id) < ($1, 'failed', t.type, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
           and event_at >= $2
         order by endpoint_id, state, type, id limit $4) one
       order by one.id limit $4)
     returning 1`,
    [wanted.endpointId, wanted.since, now, wanted.limit, wanted.types],
  )
  return rows.length
}

/** What ended before then, with its tries. What still waits or is being sent stays, however old it is. */
export async function deleteOld(tx: Tx, before: Date, limit: number): Promise<number> {
  const rows = await tx.query(
    `/* endpoints.deleteOld */
     delete from webhook_delivery where id in (
       select id from webhook_delivery where changed_at < $1 and state in ('delivered', 'failed') order by changed_at limit $2) returning 1`,
    [before, limit],
  )
  const secrets = await tx.query(
    `/* endpoints.deleteOldSecrets */
     delete from webhook_secret where id in (select id from webhook_secret where expires_at < $1 limit $2) returning 1`,
    [before, limit],
  )
  return rows.length + secrets.length
}
