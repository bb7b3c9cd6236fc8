import type { Invariant, Scope } from './invariant.js'

// A common table expression hides the table of its name from the query behind it, and reads that table itself. So each
// invariant is asked word for word as in the full audit, of fewer rows. $1 accounts, $2 messages.

const OF_MESSAGES = `with
  message as not materialized (select m.* from message m where m.id = any ($2::uuid[]) and m.account_id = any ($1::uuid[])),
  attempt as not materialized (select a.* from attempt a where a.message_id = any ($2::uuid[])),
  claim as not materialized (select c.* from claim c where c.id in (select claim_id from attempt)),
  carrier_observation as not materialized (select o.* from carrier_observation o where o.attempt_id in (select id from attempt)),
  message_due as not materialized (select d.* from message_due d where d.message_id = any ($2::uuid[]))`

const OF_THEIR_POSTINGS = `,
  attempt_hold as materialized (
    select t.* from attempt a join credit_transfer t
      on ledger_key(t.account_id) = ledger_key(a.account_id) and t.attempt_id = a.id and t.kind = 'hold'),
  hold_outcome as materialized (
    select r.* from attempt_hold h join credit_transfer r
      on ledger_key(r.account_id) = ledger_key(h.account_id) and r.ref_seq = h.seq and r.kind in ('capture', 'release')),
  credit_transfer as materialized (
    select * from attempt_hold
    union all
    select * from hold_outcome
    union all
    select f.* from hold_outcome r join credit_transfer f
      on ledger_key(f.account_id) = ledger_key(r.account_id) and f.ref_seq = r.seq and f.kind = 'refund'
    union all
    select t.* from attempt a join credit_transfer t
      on ledger_key(t.account_id) = ledger_key(a.account_id) and t.attempt_id = a.id and t.kind = 'late_charge')
`

/** Messages in flight by the index of unresolved attempts; one whose attempt disagrees is found by its own invariant. */
const OF_ACCOUNTS = `with
  credit_balance as not materialized (select b.* from credit_balance b where b.account_id = any ($1::uuid[])),
  credit_lot as not materialized (select l.* from credit_lot l where l.account_id = any ($1::uuid[])),
  campaign_control as not materialized (select c.* from campaign_control c where c.account_id = any ($1::uuid[])),
  message as not materialized (
    select m.* from attempt a join message m on m.id = a.message_id
    where a.state in ('dispatching', 'unknown') and a.account_id = any ($1::uuid[]))
`

/** Whatever was posted before the checkpoint stands in it as one sum for each ledger account. */
const OF_LEDGERS = `with
  checkpoint as materialized (
    select n.account_id, coalesce(k.seq, 0) as seq, coalesce(k.available, 0) as available, coalesce(k.held, 0) as held,
      coalesce(k.spent, 0) as spent, coalesce(k.expired, 0) as expired, coalesce(k.debt, 0) as debt
    from unnest($1::uuid[]) as n (account_id) left join audit_checkpoint k using (account_id)),
  credit_balance as not materialized (select b.* from credit_balance b where b.account_id = any ($1::uuid[])),
  credit_transfer as materialized (
    select t.account_id, t.seq, t.amount, t.kind from checkpoint k cross join lateral (
      select * from credit_transfer t where t.account_id = k.account_id and t.seq > k.seq) t
    union all
    select account_id, seq, available + held + spent + expired - debt, 'grant' from checkpoint),
  ledger_entry as not materialized (
    select t.account_id, t.seq, e.ledger_account, e.amount from checkpoint k
      join credit_transfer t on t.account_id = k.account_id and t.seq > k.seq join transfer_kind using (kind)
      cross join lateral (values (receives, t.amount), (gives, -t.amount)) as e (ledger_account, amount)
    union all
    select account_id, seq, e.ledger_account, e.amount from checkpoint
      cross join lateral (values ('available', available), ('held', held), ('spent', spent), ('expired', expired), ('debt', -debt))
        as e (ledger_account, amount))
`

const narrowings: Readonly<Record<Scope, string | null>> = {
  messages: OF_MESSAGES,
  accounts: OF_ACCOUNTS,
  ledger: OF_LEDGERS,
  chain: '',
  cheap: '',
  whole: null,
}

/** Bound by account, so that one that is wrong through and through does not hide the others. */
export const ROWS_PER_ACCOUNT_MAX = 20
export const ROWS_MAX = 2_000

/** The rows that break an invariant, in the whole database. */
export function fullSql({ id, sql }: Invariant): string {
  return `/* audit.${id} */ ${bounded(sql)}`
}

/** The same of what has news; null when only the full audit can tell. `takes`: how many parameters it has. */
export function newsSql(invariant: Invariant): { sql: string; takes: 0 | 1 | 2 } | null {
  const { id, scope } = invariant
  const narrowing = narrowings[scope]
  if (narrowing === null) return null
  const postings = scope === 'messages' && invariant.newsSql === undefined ? OF_THEIR_POSTINGS : ''
  const sql = `/* audit.${id}.news */ ${narrowing}${postings} ${bounded(invariant.newsSql ?? invariant.sql)}`
  return { sql, takes: scope === 'messages' ? 2 : scope === 'cheap' ? 0 : 1 }
}

function bounded(sql: string): string {
  return `select account_id, what from (
      select account_id, what, row_number() over (partition by account_id order by what) as place from (${sql}) as broken (account_id, what)
    ) as ranked where place <= ${String(ROWS_PER_ACCOUNT_MAX)} limit ${String(ROWS_MAX)}`
}
