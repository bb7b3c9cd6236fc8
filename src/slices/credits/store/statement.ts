import { assert } from '../../../kernel/assert.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery } from '../../../platform/db/transaction.js'
import type { LotSource } from '../domain/credit-lot.js'
import type { StatementFact } from '../domain/statement-line.js'
import type { TransferKind } from '../domain/transfer-kind.js'

interface FactRow {
  seq: string
  at: Date
  kind: TransferKind
  amount: string
  lot_no: number
  lot_source: LotSource
  actor: string
  reason: string | null
  message_id: string | null
  campaign_id: string | null
  block_no: string
}

/** Of a row `t` of credit_transfer: its block, its lot, and the message behind it, by way of the hold it settles or the late charge it undoes. */
const FACT = `t.seq, b.at, t.kind, t.amount, t.lot_no, l.source as lot_source, b.actor, b.reason,
       m.id as message_id, m.campaign_id, b.block_no`
const FACT_JOINS = `join lateral (
       select at, actor, reason, block_no from ledger_block b
       where b.account_id = t.account_id and b.first_seq <= t.seq order by b.first_seq desc limit 1
     ) b on true
     join credit_lot l on l.account_id = t.account_id and l.lot_no = t.lot_no
     left join credit_transfer c on t.kind = 'refund' and c.account_id = t.account_id and c.seq = t.ref_seq
     left join credit_transfer h on h.account_id = t.account_id
       and h.seq = case when t.kind in ('hold', 'late_charge') then t.seq when t.kind = 'refund' then coalesce(c.ref_seq, c.seq) else t.ref_seq end
     left join attempt a on a.id = h.attempt_id
     left join message m on m.id = a.message_id`

function toFact(row: FactRow): StatementFact {
  return {
    seq: Number(row.seq),
    at: row.at,
    kind: row.kind,
    amount: Number(row.amount),
    lotNo: row.lot_no,
    lotSource: row.lot_source,
    actor: row.actor,
    reason: row.reason,
    messageId: row.message_id,
    campaignId: row.campaign_id,
    blockNo: Number(row.block_no),
  }
}

const CHANGE = (account: 'available' | 'held'): string =>
  `case when k.receives = '${account}' then t.amount when k.gives = '${account}' then -t.amount else 0 end`

export interface FactWithBalance {
  fact: StatementFact
  available: number
  held: number
}

/** A page of transfers, newest first, each with what was available and held after it. */
export async function readNewestFacts(
  db: Db,
  accountId: string,
  page: { beforeSeq: number | null; limit: number },
): Promise<FactWithBalance[]> {
  const rows = await readQuery<FactRow & { available: string; held: string }>(
    db,
    `/* credits.readNewestFacts */
     with page as materialized (
       select * from credit_transfer t where t.account_id = $1 and ($2::bigint is null or t.seq < $2)
       order by t.seq desc limit $3
     ), later as materialized (
       select coalesce(sum(${CHANGE('available')}), 0) as available, coalesce(sum(${CHANGE('held')}), 0) as held
       from credit_transfer t join transfer_kind k using (kind)
       where t.account_id = $1 and $2::bigint is not null and t.seq >= $2
     ), changed as materialized (
       select t.*, ${CHANGE('available')} as available_change, ${CHANGE('held')} as held_change
       from page t join transfer_kind k using (kind)
     )
     select ${FACT},
       now.available - later.available - (sum(t.available_change) over newer - t.available_change) as available,
       now.held - later.held - (sum(t.held_change) over newer - t.held_change) as held
     from changed t ${FACT_JOINS}
     cross join later cross join (select available, held from credit_balance where account_id = $1) now
     window newer as (order by t.seq desc)
     order by t.seq desc`,
    [accountId, page.beforeSeq, page.limit],
  )
  return rows.map((row) => ({ fact: toFact(row), available: Number(row.available), held: Number(row.held) }))
}

/** A page of transfers, oldest first. */
export async function readOldestFacts(
  db: Db,
  accountId: string,
  page: { afterSeq: number; throughSeq: number; limit: number },
): Promise<StatementFact[]> {
  const rows = await readQuery<FactRow>(
    db,
    `/* credits.readOldestFacts */
     with page as materialized (
       select * from credit_transfer t where t.account_id = $1 and t.seq > $2 and t.seq <= $3 order by t.seq limit $4
     )
     select ${FACT} from page t ${FACT_JOINS} order by t.seq`,
    [accountId, page.afterSeq, page.throughSeq, page.limit],
  )
  return rows.map(toFact)
}

export interface StatementSpan {
  afterSeq: number
  throughSeq: number
  /** Before the first transfer of the span. */
  available: number
  held: number
}

/** The transfers from one moment until another, and the balance before the first of them. */
export async function readSpan(
  db: Db,
  accountId: string,
  since: Date | null,
  until: Date | null,
): Promise<StatementSpan> {
  const [row] = await readQuery<Record<'after_seq' | 'through_seq' | 'available' | 'held', string>>(
    db,
    `/* credits.readSpan */
     with span as materialized (
       select coalesce((select max(last_seq) from ledger_block where account_id = $1 and at < $2), 0) as after_seq,
         coalesce((select max(last_seq) from ledger_block where account_id = $1 and ($3::timestamptz is null or at < $3)), 0) as through_seq
     )
     select span.after_seq, span.through_seq, coalesce(sum(${CHANGE('available')}), 0) as available,
       coalesce(sum(${CHANGE('held')}), 0) as held
     from span left join (credit_transfer t join transfer_kind k using (kind)) on t.account_id = $1 and t.seq <= span.after_seq
     group by span.after_seq, span.through_seq`,
    [accountId, since, until],
  )
  assert(row !== undefined, 'a span has a beginning and an end')
  return {
    afterSeq: Number(row.after_seq),
    throughSeq: Number(row.through_seq),
    available: Number(row.available),
    held: Number(row.held),
  }
}
