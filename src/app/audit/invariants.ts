import { CAPTURES_NEWS, CHAIN_NEWS, HOLDS_NEWS } from './news-sql.js'
import { appointmentInvariants } from './appointment-invariants.js'
import { billingInvariants } from './billing-invariants.js'
import { emailInvariants } from './email-invariants.js'
import { endpointInvariants } from './endpoint-invariants.js'

/** What must hold at every instant. Each query returns the rows that break it: none, on healthy data. */
export interface Invariant {
  id: string
  /** What is true, in words. */
  what: string
  /**
   * Columns `account_id` (may be null) and `what`: which row, in words that stay the same while it is broken in the same
   * way. Figures are therefore differences, which go on unchanged while the account works.
   */
  sql: string
  /** What the query is narrowed to when only news are looked at (`narrow-sql.ts`); `whole` waits for the full audit. */
  scope: Scope
  /** The same question written for news, where the narrowed query would be no answer or a slow one. */
  newsSql?: string
  /** Whether an account in breach stops sending, or somebody is told only. */
  onBreach: 'stop' | 'alarm'
  /** Why that. */
  why: string
}

/** Of messages with news; of accounts with news; of their ledger or chain since the checkpoint; cheap as it is; or not at all. */
export type Scope = 'messages' | 'accounts' | 'ledger' | 'chain' | 'cheap' | 'whole'

const IN_FLIGHT = `('dispatching', 'unknown')`
/** Claims that were written down after a restore, for texts that had left already: no gate let them pass. */
const RESTORED = `(c.gate ? 'restored')`
const CHARGED = `('accepted', 'unproven')`

export const invariants: readonly Invariant[] = [
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
    id: 'I6',
    what: "an accepted message has exactly one accepted attempt, with the carrier's id",
    sql: `select m.account_id, 'message ' || m.id as what from message m left join attempt a on a.id = m.attempt_id
      where m.state = 'accepted' and (a.state is distinct from 'accepted' or a.sid is null or a.message_id <> m.id)`,
    scope: 'messages',
    onBreach: 'stop',
    why: 'without its id at the carrier nobody can tell whether the text goes out again',
  },
  {
    id: 'I7',
    what: 'no message has two ids at the carrier (nobody was texted twice)',
    sql: `select m.account_id, 'message ' || s.message_id as what from (
        select message_id, sid from attempt where sid is not null union select message_id, sid from carrier_observation) s
      join message m on m.id = s.message_id group by m.account_id, s.message_id having count(distinct s.sid) > 1`,
    scope: 'messages',
    onBreach: 'stop',
    why: 'somebody was texted twice; until it is known why, the next one would be, too',
  },
  {
    id: 'I8',
    what: 'nothing that the carrier was proved to have accepted lacks its charge',
    // Whoever gives back what was accepted (the carrier failed it, an administrator chose to) is named in the ledger.
    sql: `select a.account_id, 'attempt ' || a.id as what from carrier_observation o join attempt a on a.id = o.attempt_id
      where a.state <> 'accepted' and not exists (select from credit_transfer t
        where ledger_key(t.account_id) = ledger_key(a.account_id) and t.attempt_id = a.id and t.kind = 'late_charge')
      union
      select a.account_id, 'attempt ' || a.id from credit_transfer f
      join ledger_block b on b.account_id = f.account_id and f.seq between b.first_seq and b.last_seq and b.actor = 'messages:policy'
      join credit_transfer c on c.account_id = f.account_id and c.seq = f.ref_seq
      join credit_transfer h on h.account_id = c.account_id and h.seq = c.ref_seq
      join attempt a on a.id = h.attempt_id and a.state = 'accepted'
      where f.kind = 'refund' and not exists (select from credit_transfer t
        where ledger_key(t.account_id) = ledger_key(a.account_id) and t.attempt_id = a.id and t.kind = 'late_charge')`,
    scope: 'messages',
    onBreach: 'stop',
    why: 'what counted as unsent was sent: the proof of absence cannot be trusted',
  },
  {
    id: 'I9',
    what: 'a message has at most one live attempt',
    sql: `select min(account_id::text)::uuid as account_id, 'message ' || message_id as what from attempt
      where state in ('dispatching', 'unknown', 'accepted', 'unproven') group by message_id having count(*) > 1`,
    scope: 'messages',
    onBreach: 'stop',
    why: 'a second live attempt is a second text',
  },
  {
    id: 'I10',
    what: 'no attempt was authorised without consent in force',
    sql: `select a.account_id, 'attempt ' || a.id as what from attempt a join claim c on c.id = a.claim_id join message m on m.id = a.message_id
      left join lateral (select e.id, e.action from consent_event e where e.account_id = a.account_id and e.phone = a.phone
        and e.purpose = m.purpose and e.ord < c.ord order by e.ord desc limit 1) e on true
      where not ${RESTORED} and case when m.purpose = 'service'
        -- An answer needs no consent, and a request to opt in is kept from who has opted out.
        then a.consent_event_id is not null or (m.answers is null and exists (
          select from consent_event e where e.account_id = a.account_id and e.phone = a.phone and e.action = 'revoke' and e.ord < c.ord
            and not e.evidence ? 'undoes' and not exists (select from consent_event l where l.account_id = e.account_id
              and l.phone = e.phone and l.purpose = e.purpose and l.ord > e.ord and l.ord < c.ord)))
        else e.action is distinct from 'grant' or e.id is distinct from a.consent_event_id end`,
    scope: 'messages',
    onBreach: 'stop',
    why: 'people would be texted who do not agree',
  },
  {
    id: 'I11',
    what: 'no claim was made while account or campaign forbade it',
    sql: `select c.account_id, 'claim ' || c.id as what from claim c
      left join lateral (select state from control_event e where e.kind = 'account' and e.key = c.account_id and e.ord < c.ord
        order by e.ord desc limit 1) a on true
      left join lateral (select state from control_event e where e.kind = 'campaign' and e.key = c.campaign_id and e.ord < c.ord
        order by e.ord desc limit 1) g on true
      where (a.state is distinct from 'may_send'
        or (c.campaign_id is not null and g.state is distinct from 'running')) and not ${RESTORED}`,
    scope: 'messages',
    onBreach: 'stop',
    why: 'whoever forbade sending was not obeyed',
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
    id: 'I13',
    what: 'first attempts follow the frozen order of their campaign, but for texts that were put off',
    // The gate puts a text off while its number is busy, and the next ones go first.
    sql: `select z.account_id, 'message ' || z.id as what from (
        select m.account_id, m.id, m.ordinal, m.not_before, lag(m.ordinal) over (partition by m.campaign_id order by h.seq) as before_ordinal
        from message m join attempt a on a.message_id = m.id and a.n = 1
        join claim c on c.id = a.claim_id and not ${RESTORED}
        join lateral (select min(seq) as seq from credit_transfer t where ledger_key(t.account_id) = ledger_key(a.account_id) and t.attempt_id = a.id and t.kind = 'hold') h on true
        where m.campaign_id is not null) z
      where z.before_ordinal > z.ordinal and z.not_before = '-infinity'`,
    scope: 'whole',
    onBreach: 'alarm',
    why: 'a wrong order is unfair, and neither money nor a text is lost by it',
  },
  {
    id: 'I14',
    what: 'a message was tried as often as it has attempts',
    sql: `select m.account_id, 'message ' || m.id as what from message m
      left join (select message_id, count(*) as n, max(n) as last from attempt group by 1) a on a.message_id = m.id
      where m.tries <> coalesce(a.n, 0) or m.tries <> coalesce(a.last, 0)`,
    scope: 'messages',
    onBreach: 'alarm',
    why: 'a wrong count ends retries too early or too late by one, and each still needs its own proof',
  },
  {
    id: 'I15',
    what: 'a message agrees with its attempts',
    sql: `select m.account_id, 'message ' || m.id as what from message m left join lateral (
        select state from attempt a where a.message_id = m.id order by n desc limit 1) a on true
      where (m.state in ('dispatching', 'unknown', 'accepted', 'unproven') and a.state::text is distinct from m.state::text)
        or (m.state not in ('dispatching', 'unknown', 'accepted', 'unproven') and a.state not in ('not_sent', 'absent'))`,
    scope: 'messages',
    onBreach: 'stop',
    why: 'a message that waits although its attempt is out would be sent again',
  },
  {
    id: 'I16',
    what: 'message, campaign, attempt and claim are of one account',
    sql: `select m.account_id, 'message ' || m.id as what from message m left join campaign_control c using (campaign_id)
        where m.campaign_id is not null and c.account_id is distinct from m.account_id
      union all select a.account_id, 'attempt ' || a.id from attempt a join message m on m.id = a.message_id join claim c on c.id = a.claim_id
        where a.account_id <> m.account_id or c.account_id <> a.account_id`,
    scope: 'messages',
    onBreach: 'stop',
    why: 'one tenant pays for, or sees, what is of another',
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
    id: 'I18',
    what: 'absence was proved only after the credential had died',
    sql: `select a.account_id, 'attempt ' || a.id as what from attempt a join claim c on c.id = a.claim_id
      where a.state = 'absent' and a.resolved_at <= c.not_after`,
    scope: 'messages',
    onBreach: 'stop',
    why: 'the text may have arrived after its absence was proved, and would be sent again',
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
    id: 'I21',
    what: 'no carrier id belongs to two attempts',
    // Both accounts, if they are two.
    sql: `select distinct a.account_id, 'sid ' || a.sid as what from attempt a
      join (select sid from attempt where sid is not null group by sid having count(*) > 1) d using (sid)`,
    scope: 'whole',
    onBreach: 'stop',
    why: 'one text at the carrier was taken for two, so one of them is charged and did not go out',
  },
  {
    id: 'I22',
    what: 'a number has at most one attempt of unknown outcome per sender',
    sql: `select distinct account_id, 'sender ' || sender_id as what from (
        select account_id, sender_id, count(*) over (partition by sender_id, phone) as n from attempt where state in ${IN_FLIGHT}) a
      where n > 1`,
    scope: 'cheap',
    onBreach: 'stop',
    why: 'two open texts to one number cannot be told apart at the carrier: one may be sent again',
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
    scope: 'whole',
    onBreach: 'alarm',
    why: 'a figure of the dashboard is wrong; no text and no credit depends on it',
  },
  {
    id: 'I24',
    what: 'the waiting list holds exactly the pending messages',
    sql: `select coalesce(m.account_id, d.account_id) as account_id, 'message ' || coalesce(m.id, d.message_id) as what
      from (select id, account_id, campaign_id, not_before from message where state = 'pending') m
      full join message_due d on d.message_id = m.id
      where m.id is null or d.message_id is null or d.account_id <> m.account_id or d.campaign_id is distinct from m.campaign_id
        or d.not_before <> m.not_before`,
    scope: 'messages',
    onBreach: 'alarm',
    why: 'a text waits too long; the claim itself asks for the state of the message',
  },
  {
    id: 'I25',
    what: 'a campaign was never charged more than its cap',
    sql: `select c.account_id, 'campaign ' || c.campaign_id as what from campaign_control c join message_tally t using (campaign_id)
      where c.cap_credits is not null and t.held_credits + t.captured_credits > c.cap_credits`,
    scope: 'accounts',
    onBreach: 'stop',
    why: 'more would be charged than the customer allowed',
  },
  {
    id: 'I26',
    what: 'event logs have no gap and end where their feed says',
    sql: `select f.account_id, 'feed off by ' || f.last_seq - coalesce(e.n, 0) as what from account_feed f left join (
        select account_id, count(*) as n, max(seq) as last, min(seq) as first from account_event group by 1) e using (account_id)
      where f.last_seq <> coalesce(e.last, 0) or coalesce(e.last - e.first + 1, 0) <> coalesce(e.n, 0)`,
    scope: 'whole',
    onBreach: 'alarm',
    why: 'a client that follows the log may miss an event; the tables are right',
  },
  {
    id: 'I27',
    what: 'the current consent of a number is its newest event',
    sql: `select c.account_id, 'consent event ' || c.event_id as what from consent c join lateral (
        select id, action from consent_event e where e.account_id = c.account_id and e.phone = c.phone and e.purpose = c.purpose
        order by ord desc limit 1) e on true
      where e.id <> c.event_id or c.granted <> (e.action = 'grant')`,
    scope: 'whole',
    onBreach: 'stop',
    why: 'claims ask this row for consent: people would be texted who took it back',
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
  {
    id: 'I29',
    what: 'no claim was made while the platform forbade it',
    // Of no account: a gate that lets one claim past this stop holds nobody back.
    sql: `select null::uuid as account_id, 'claim ' || c.id as what from claim c
      join lateral (select state from control_event e where e.kind = 'platform' and e.ord < c.ord order by e.ord desc limit 1) p on true
      where p.state <> 'may_send' and not ${RESTORED}`,
    scope: 'messages',
    onBreach: 'stop',
    why: 'the kill switch of the platform, or its lock after a restore, was not obeyed',
  },
  {
    id: 'I30',
    what: 'no text was authorised when its recipient sleeps, and no answer later than it is of use',
    // By what the gate kept of the clocks that it asked; claims from before there were quiet hours kept nothing.
    sql: `select c.account_id, 'claim ' || c.id as what from claim c
      where c.gate ->> 'quietHours' = 'open' and c.claimed_at >= (c.gate ->> 'openUntil')::timestamptz
      union all
      select a.account_id, 'attempt ' || a.id from claim c join attempt a on a.claim_id = c.id join message m on m.id = a.message_id
      where c.gate ->> 'quietHours' = 'answers' and m.answers is null
      union all
      select a.account_id, 'attempt ' || a.id from message m join attempt a on a.message_id = m.id join claim c on c.id = a.claim_id
      where m.purpose = 'service' and c.claimed_at >= m.expires_at`,
    scope: 'messages',
    onBreach: 'stop',
    why: 'the law protects the hours in which people sleep',
  },
  {
    id: 'I31',
    what: 'no attempt was authorised after its message was taken back',
    sql: `select a.account_id, 'attempt ' || a.id as what from message m join attempt a on a.message_id = m.id join claim c on c.id = a.claim_id
      where m.taken_back is not null and c.ord > m.taken_back_ord`,
    scope: 'messages',
    onBreach: 'stop',
    why: 'people would be told what is no longer so',
  },
  ...billingInvariants,
  ...appointmentInvariants,
  ...emailInvariants,
  ...endpointInvariants,
]
