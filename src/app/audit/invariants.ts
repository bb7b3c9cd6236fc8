import { billingInvariants } from './billing-invariants.js'

/** What must hold at every instant. Each query returns the rows that break it: none, on healthy data. */
export interface Invariant {
  id: string
  /** What is true, in words. */
  what: string
  /** Columns `account_id` (may be null) and `what` (which row). */
  sql: string
}

const IN_FLIGHT = `('dispatching', 'unknown')`
const CHARGED = `('accepted', 'unproven')`

export const invariants: readonly Invariant[] = [
  {
    id: 'I1',
    what: 'a balance is the sum of its ledger',
    sql: `select b.account_id, 'balance' as what from credit_balance b left join (
        select account_id,
          sum(amount) filter (where ledger_account = 'available') as available, sum(amount) filter (where ledger_account = 'held') as held,
          sum(amount) filter (where ledger_account = 'spent') as spent, sum(amount) filter (where ledger_account = 'expired') as expired,
          -sum(amount) filter (where ledger_account = 'debt') as debt, max(seq) as seq
        from ledger_entry group by account_id) e using (account_id)
      where (b.available, b.held, b.spent, b.expired, b.debt, b.seq) is distinct from (coalesce(e.available, 0), coalesce(e.held, 0),
        coalesce(e.spent, 0), coalesce(e.expired, 0), coalesce(e.debt, 0), coalesce(e.seq, 0))`,
  },
  {
    id: 'I2',
    what: 'no bucket is negative, and nothing is available while something is owed',
    sql: `select account_id, 'balance' as what from credit_balance
      where least(available, held, spent, expired, debt) < 0 or (available > 0 and debt > 0)`,
  },
  {
    id: 'I3',
    what: 'held credits are the cost of the messages in flight',
    sql: `select b.account_id, 'held ' || b.held || ' for ' || coalesce(m.cost, 0) as what from credit_balance b
      left join (select account_id, sum(cost) as cost from message where state in ${IN_FLIGHT} group by 1) m using (account_id)
      where b.held <> coalesce(m.cost, 0)`,
  },
  {
    id: 'I4',
    what: 'an open hold belongs to one message in flight',
    sql: `select h.account_id, 'hold ' || h.seq as what from credit_transfer h
      left join credit_transfer r on r.account_id = h.account_id and r.ref_seq = h.seq and r.kind in ('capture', 'release')
      left join message m on m.attempt_id = h.attempt_id and m.account_id = h.account_id and m.state in ${IN_FLIGHT}
      where h.kind = 'hold' and r.seq is null and m.id is null`,
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
  },
  {
    id: 'I6',
    what: "an accepted message has exactly one accepted attempt, with the carrier's id",
    sql: `select m.account_id, 'message ' || m.id as what from message m left join attempt a on a.id = m.attempt_id
      where m.state = 'accepted' and (a.state is distinct from 'accepted' or a.sid is null or a.message_id <> m.id)`,
  },
  {
    id: 'I7',
    what: 'no message has two ids at the carrier (nobody was texted twice)',
    sql: `select m.account_id, 'message ' || s.message_id as what from (
        select message_id, sid from attempt where sid is not null union select message_id, sid from carrier_observation) s
      join message m on m.id = s.message_id group by m.account_id, s.message_id having count(distinct s.sid) > 1`,
  },
  {
    id: 'I8',
    what: 'nothing that the carrier accepted lacks its capture',
    sql: `select a.account_id, 'attempt ' || a.id as what from carrier_observation o join attempt a on a.id = o.attempt_id
      where a.state <> 'accepted'`,
  },
  {
    id: 'I9',
    what: 'a message has at most one live attempt',
    sql: `select min(account_id::text)::uuid as account_id, 'message ' || message_id as what from attempt
      where state in ('dispatching', 'unknown', 'accepted', 'unproven') group by message_id having count(*) > 1`,
  },
  {
    id: 'I10',
    what: 'no attempt was authorised without consent in force',
    sql: `select a.account_id, 'attempt ' || a.id as what from attempt a join claim c on c.id = a.claim_id join message m on m.id = a.message_id
      left join lateral (select e.id, e.action from consent_event e where e.account_id = a.account_id and e.phone = a.phone
        and e.purpose = m.purpose and e.ord < c.ord order by e.ord desc limit 1) e on true
      where e.action is distinct from 'grant' or e.id is distinct from a.consent_event_id`,
  },
  {
    id: 'I11',
    what: 'no claim was made while account, platform or campaign forbade it',
    sql: `select c.account_id, 'claim ' || c.id as what from claim c
      left join lateral (select state from control_event e where e.kind = 'account' and e.key = c.account_id and e.ord < c.ord
        order by e.ord desc limit 1) a on true
      left join lateral (select state from control_event e where e.kind = 'platform' and e.ord < c.ord order by e.ord desc limit 1) p on true
      left join lateral (select state from control_event e where e.kind = 'campaign' and e.key = c.campaign_id and e.ord < c.ord
        order by e.ord desc limit 1) g on true
      where a.state is distinct from 'may_send' or coalesce(p.state, 'may_send') <> 'may_send'
        or (c.campaign_id is not null and g.state is distinct from 'running')`,
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
  },
  {
    id: 'I13',
    what: 'first attempts follow the frozen order of their campaign',
    sql: `select z.account_id, 'message ' || z.id as what from (
        select m.account_id, m.id, m.ordinal, lag(m.ordinal) over (partition by m.campaign_id order by h.seq) as before_ordinal
        from message m join attempt a on a.message_id = m.id and a.n = 1
        join lateral (select min(seq) as seq from credit_transfer t where ledger_key(t.account_id) = ledger_key(a.account_id) and t.attempt_id = a.id and t.kind = 'hold') h on true
        where m.campaign_id is not null) z
      where z.before_ordinal > z.ordinal`,
  },
  {
    id: 'I14',
    what: 'a message was tried as often as it has attempts',
    sql: `select m.account_id, 'message ' || m.id as what from message m
      left join (select message_id, count(*) as n, max(n) as last from attempt group by 1) a on a.message_id = m.id
      where m.tries <> coalesce(a.n, 0) or m.tries <> coalesce(a.last, 0)`,
  },
  {
    id: 'I15',
    what: 'a message agrees with its attempts',
    sql: `select m.account_id, 'message ' || m.id as what from message m left join lateral (
        select state from attempt a where a.message_id = m.id order by n desc limit 1) a on true
      where (m.state in ('dispatching', 'unknown', 'accepted', 'unproven') and a.state::text is distinct from m.state::text)
        or (m.state not in ('dispatching', 'unknown', 'accepted', 'unproven') and a.state not in ('not_sent', 'absent'))`,
  },
  {
    id: 'I16',
    what: 'message, campaign, attempt and claim are of one account',
    sql: `select m.account_id, 'message ' || m.id as what from message m left join campaign_control c using (campaign_id)
        where m.campaign_id is not null and c.account_id is distinct from m.account_id
      union all select a.account_id, 'attempt ' || a.id from attempt a join message m on m.id = a.message_id join claim c on c.id = a.claim_id
        where a.account_id <> m.account_id or c.account_id <> a.account_id`,
  },
  {
    id: 'I17',
    what: 'credits are conserved: what an account has, holds, spent and lost is what it was granted, less what was taken back',
    // Kinds are spelled out, not looked up in transfer_kind: that table is checked by this, too.
    sql: `select b.account_id, 'has ' || b.available + b.held + b.spent + b.expired - b.debt || ' of ' || coalesce(t.net, 0) as what
      from credit_balance b left join (
        select account_id, sum(case when kind = 'grant' then amount when kind in ('clawback', 'deduction', 'debt_charge') then -amount else 0 end) as net
        from credit_transfer group by 1) t using (account_id)
      where b.available + b.held + b.spent + b.expired - b.debt <> coalesce(t.net, 0)`,
  },
  {
    id: 'I18',
    what: 'absence was proved only after the credential had died',
    sql: `select a.account_id, 'attempt ' || a.id as what from attempt a join claim c on c.id = a.claim_id
      where a.state = 'absent' and a.resolved_at <= c.not_after`,
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
  },
  {
    id: 'I20',
    what: 'the lots of an account hold what is available, and no lot more than it was granted',
    sql: `select b.account_id, 'lots ' || coalesce(l.remaining, 0) as what from credit_balance b
      left join (select account_id, sum(remaining) as remaining from credit_lot group by 1) l using (account_id)
      where b.available <> coalesce(l.remaining, 0)
      union all select account_id, 'lot ' || lot_no from credit_lot where remaining < 0 or remaining > amount`,
  },
  {
    id: 'I21',
    what: 'no carrier id belongs to two attempts',
    sql: `select min(account_id::text)::uuid as account_id, 'sid of ' || count(*) || ' attempts' as what from attempt
      where sid is not null group by sid having count(*) > 1`,
  },
  {
    id: 'I22',
    what: 'a number has at most one attempt of unknown outcome per sender',
    sql: `select min(account_id::text)::uuid as account_id, 'sender ' || sender_id as what from attempt where state in ${IN_FLIGHT}
      group by sender_id, phone having count(*) > 1`,
  },
  {
    id: 'I23',
    what: 'tallies are the counts of their messages',
    sql: `select t.account_id, 'campaign ' || campaign_id as what from message_tally t full join (
        select campaign_id, count(*) filter (where state = 'pending') as pending, count(*) filter (where state = 'dispatching') as dispatching,
          count(*) filter (where state = 'unknown') as unknown, count(*) filter (where state = 'accepted') as accepted,
          count(*) filter (where state = 'unproven') as unproven, count(*) filter (where state = 'failed') as failed,
          count(*) filter (where state = 'suppressed') as suppressed, count(*) filter (where state = 'cancelled') as cancelled,
          count(*) filter (where state = 'expired') as expired,
          coalesce(sum(cost) filter (where state in ${IN_FLIGHT}), 0) as held, coalesce(sum(cost) filter (where state in ${CHARGED}), 0) as captured
        from message where campaign_id is not null group by 1) m using (campaign_id)
      where (t.pending, t.dispatching, t.unknown, t.accepted, t.unproven, t.failed, t.suppressed, t.cancelled, t.expired, t.held_credits, t.captured_credits)
        is distinct from (m.pending, m.dispatching, m.unknown, m.accepted, m.unproven, m.failed, m.suppressed, m.cancelled, m.expired, m.held, m.captured)`,
  },
  {
    id: 'I24',
    what: 'the waiting list holds exactly the pending messages',
    sql: `select coalesce(m.account_id, d.account_id) as account_id, 'message ' || coalesce(m.id, d.message_id) as what
      from (select id, account_id, campaign_id, not_before from message where state = 'pending') m
      full join message_due d on d.message_id = m.id
      where m.id is null or d.message_id is null or d.account_id <> m.account_id or d.campaign_id is distinct from m.campaign_id
        or d.not_before <> m.not_before`,
  },
  {
    id: 'I25',
    what: 'a campaign was never charged more than its cap',
    sql: `select c.account_id, 'campaign ' || c.campaign_id as what from campaign_control c join message_tally t using (campaign_id)
      where c.cap_credits is not null and t.held_credits + t.captured_credits > c.cap_credits`,
  },
  {
    id: 'I26',
    what: 'event logs have no gap and end where their feed says',
    sql: `select f.account_id, 'feed ' || f.last_seq as what from account_feed f left join (
        select account_id, count(*) as n, max(seq) as last, min(seq) as first from account_event group by 1) e using (account_id)
      where f.last_seq <> coalesce(e.last, 0) or coalesce(e.last - e.first + 1, 0) <> coalesce(e.n, 0)`,
  },
  {
    id: 'I27',
    what: 'the current consent of a number is its newest event',
    sql: `select c.account_id, 'consent event ' || c.event_id as what from consent c join lateral (
        select id, action from consent_event e where e.account_id = c.account_id and e.phone = c.phone and e.purpose = c.purpose
        order by ord desc limit 1) e on true
      where e.id <> c.event_id or c.granted <> (e.action = 'grant')`,
  },
  ...billingInvariants,
]
