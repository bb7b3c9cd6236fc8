import type { Invariant } from './invariant.js'
import { IN_FLIGHT, RESTORED } from './sql-states.js'

/** What must hold of messages and their attempts: one text each, by the evidence of the carrier. */
export const messageInvariants: readonly Invariant[] = [
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
    id: 'I18',
    what: 'absence was proved only after the credential had died',
    sql: `select a.account_id, 'attempt ' || a.id as what from attempt a join claim c on c.id = a.claim_id
      where a.state = 'absent' and a.resolved_at <= c.not_after`,
    scope: 'messages',
    onBreach: 'stop',
    why: 'the text may have arrived after its absence was proved, and would be sent again',
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
]
