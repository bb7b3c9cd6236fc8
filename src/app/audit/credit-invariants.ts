import type { Invariant } from './invariant.js'
import { CAPTURES_NEWS, CHAIN_NEWS, HOLDS_NEWS } from './news-sql.js'
import { CHARGED, IN_FLIGHT } from './sql-states.js'

/** What must hold of credits: balances, holds, charges, lots and the chain of the ledger. */
export const creditInvariants: readonly Invariant[] = [
  {
    id: 'I1',
    what: 'a balance is the sum of its ledger',
    sql: `select b.account_id, concat_ws(' ', 'balance off by', b.available - coalesce(e.available, 0), b.held - coalesce(e.held, 0),
          b.spent - coalesce(e.spent, 0), b.expired - coalesce(e.expired, 0), b.debt - coalesce(e.debt, 0), b.seq - coalesce(e.seq, 0)) as what
      from credit_balance b left join (
        select account_id,
          sum(amount) filter (where ledger_account = 'available') as available, sum(amount) filter (where ledger_account = 'held') as held,
          sum(amount) filter (where ledger_account = 'spent') as spent, sum(amount) filter (where ledger_account = 'expired') as expired,
          -sum(amount) filter (where ledger_account = 'debt') as debt, max(seq) as seq
        from ledger_entry group by account_id) e using (account_id)
      where (b.available, b.held, b.spent, b.expired, b.debt, b.seq) is distinct from (coalesce(e.available, 0), coalesce(e.held, 0),
        coalesce(e.spent, 0), coalesce(e.expired, 0), coalesce(e.debt, 0), coalesce(e.seq, 0))`,
    scope: 'ledger',
    onBreach: 'stop',
    why: 'credits that no entry explains would be spent',
  },
  {
    id: 'I2',
    what: 'no bucket is negative, and nothing is available while something is owed',
    sql: `select account_id, 'balance' as what from credit_balance
      where least(available, held, spent, expired, debt) < 0 or (available > 0 and debt > 0)`,
    scope: 'accounts',
    onBreach: 'stop',
    why: 'credits would be spent that are not there',
  },
  {
    id: 'I3',
    what: 'held credits are the cost of the messages in flight',
    sql: `select b.account_id, 'held off by ' || b.held - coalesce(m.cost, 0) as what from credit_balance b
      left join (select account_id, sum(cost) as cost from message where state in ${IN_FLIGHT} group by 1) m using (account_id)
      where b.held <> coalesce(m.cost, 0)`,
    scope: 'accounts',
    onBreach: 'stop',
    why: 'a text would go out unpaid, or credits would stay away from their owner',
  },
  {
    id: 'I4',
    what: 'an open hold belongs to one message in flight',
    sql: `select h.account_id, 'hold ' || h.seq as what from credit_transfer h
      left join credit_transfer r on r.account_id = h.account_id and r.ref_seq = h.seq and r.kind in ('capture', 'release')
      left join message m on m.attempt_id = h.attempt_id and m.account_id = h.account_id and m.state in ${IN_FLIGHT}
      where h.kind = 'hold' and r.seq is null and m.id is null`,
    scope: 'messages',
    onBreach: 'stop',
    why: 'credits are set aside for a text that nobody can settle any more',
  },
  {
    id: 'I5',
    what: 'captured credits and charged messages are one to one',
    sql: `select coalesce(c.account_id, m.account_id) as account_id, 'attempt ' || coalesce(c.attempt_id, m.attempt_id) as what
      from (select h.account_id, h.attempt_id, sum(c.amount) as credits from credit_transfer c
          join credit_transfer h on h.account_id = c.account_id and h.seq = c.ref_seq
          where c.kind = 'capture' group by 1, 2) c
      full join (select account_id, attempt_id, cost from message where state in ${CHARGED}) m
        on m.account_id = c.account_id and m.attempt_id = c.attempt_id
      where c.credits is distinct from m.cost`,
    scope: 'messages',
    newsSql: CAPTURES_NEWS,
    onBreach: 'stop',
    why: 'somebody pays for what was not sent, or does not pay for what was',
  },
  {
    id: 'I12',
    what: "the chain of ledger blocks is whole: it links, it has no gap, its hashes are right, its head is the balance's",
    sql: `select x.account_id, 'block ' || x.block_no as what from (
        select b.*, lag(b.hash) over w as before_hash, lag(b.last_seq) over w as before_seq, lag(b.block_no) over w as before_no,
          block_hash(b, t.transfers, l.lots) as right_hash, t.size
        from ledger_block b
        cross join lateral (
          select count(*) as size, bool_or(kind = 'grant') as grants, string_agg(transfer_text(t), E'\\n' order by t.seq) as transfers
          from credit_transfer t where t.account_id = b.account_id and t.seq between b.first_seq and b.last_seq) t
        left join lateral (
          select string_agg(lot_text(l), E'\\n' order by l.lot_no) as lots from credit_transfer g
          join credit_lot l on l.account_id = g.account_id and l.lot_no = g.lot_no
          where g.account_id = b.account_id and g.seq between b.first_seq and b.last_seq and g.kind = 'grant') l on t.grants
        window w as (partition by b.account_id order by b.block_no)) x
      where x.hash is distinct from x.right_hash or x.prev <> coalesce(x.before_hash, '\\x00'::bytea)
        or x.first_seq <> coalesce(x.before_seq, 0) + 1 or x.block_no <> coalesce(x.before_no, 0) + 1 or x.size <> x.last_seq - x.first_seq + 1
      union all
      select b.account_id, 'head' from credit_balance b left join ledger_block l on l.account_id = b.account_id and l.block_no = b.block_no
      where b.head <> coalesce(l.hash, '\\x00'::bytea) or b.seq <> coalesce(l.last_seq, 0)`,
    scope: 'chain',
    newsSql: CHAIN_NEWS,
    onBreach: 'stop',
    why: 'the ledger was changed past the program; nothing that rests on it can be trusted',
  },
  {
    id: 'I17',
    what: 'credits are conserved: what an account has, holds, spent and lost is what it was granted, less what was taken back',
    // Kinds are spelled out, not looked up in transfer_kind: that table is checked by this, too.
    sql: `select b.account_id, 'credits off by ' || b.available + b.held + b.spent + b.expired - b.debt - coalesce(t.net, 0) as what
      from credit_balance b left join (
        select account_id, sum(case when kind = 'grant' then amount when kind in ('clawback', 'deduction', 'debt_charge') then -amount else 0 end) as net
        from credit_transfer group by 1) t using (account_id)
      where b.available + b.held + b.spent + b.expired - b.debt <> coalesce(t.net, 0)`,
    scope: 'ledger',
    onBreach: 'stop',
    why: 'credits came from nowhere or went nowhere',
  },
  {
    id: 'I19',
    what: 'an attempt has a hold of exactly its cost, and what it settled is settled in full',
    sql: `select a.account_id, 'attempt ' || a.id as what from attempt a left join (
        select h.attempt_id, sum(h.amount) as held, coalesce(sum(c.amount), 0) as captured, coalesce(sum(r.amount), 0) as released
        from credit_transfer h
        left join credit_transfer c on c.account_id = h.account_id and c.ref_seq = h.seq and c.kind = 'capture'
        left join credit_transfer r on r.account_id = h.account_id and r.ref_seq = h.seq and r.kind = 'release'
        where h.kind = 'hold' group by 1) h on h.attempt_id = a.id
      where h.held is distinct from a.cost
        or h.captured <> case when a.state in ${CHARGED} then a.cost else 0 end
        or h.released <> case when a.state in ('not_sent', 'absent') then a.cost else 0 end`,
    scope: 'messages',
    newsSql: HOLDS_NEWS,
    onBreach: 'stop',
    why: 'an attempt holds, or paid, something else than its price',
  },
  {
    id: 'I20',
    what: 'the lots of an account hold what is available, and no lot more than it was granted',
    sql: `select b.account_id, 'lots off by ' || coalesce(l.remaining, 0) - b.available as what from credit_balance b
      left join (select account_id, sum(remaining) as remaining from credit_lot group by 1) l using (account_id)
      where b.available <> coalesce(l.remaining, 0)
      union all select account_id, 'lot ' || lot_no from credit_lot where remaining < 0 or remaining > amount`,
    scope: 'accounts',
    onBreach: 'stop',
    why: 'the credits that lots hold are not those that may be spent',
  },
  {
    id: 'I28',
    what: 'a late charge is the whole cost of an attempt whose hold was given back, charged for a proof that came late',
    sql: `select coalesce(l.account_id, p.account_id) as account_id, 'attempt ' || coalesce(l.attempt_id, p.attempt_id) as what
      from (select account_id, attempt_id, sum(amount) as credits from credit_transfer where kind = 'late_charge' group by 1, 2) l
      full join (select * from late_proof where credits > 0) p on p.attempt_id = l.attempt_id and p.account_id = l.account_id
      left join attempt a on a.id = l.attempt_id
      left join lateral (
        select sum(h.amount) as credits from credit_transfer h
        left join credit_transfer r on r.account_id = h.account_id and r.ref_seq = h.seq and r.kind in ('capture', 'release')
        left join credit_transfer f on f.account_id = r.account_id and f.ref_seq = r.seq and f.kind = 'refund'
        where ledger_key(h.account_id) = ledger_key(l.account_id) and h.attempt_id = l.attempt_id and h.kind = 'hold'
          and (r.kind = 'release' or f.seq is not null)) back on true
      where l.credits is distinct from a.cost or back.credits is distinct from l.credits or p.credits is distinct from l.credits`,
    scope: 'whole',
    onBreach: 'stop',
    why: 'somebody pays for a text that nobody proved, or pays twice',
  },
]
