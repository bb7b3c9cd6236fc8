import type { Invariant } from './invariant.js'
import { CHARGED, IN_FLIGHT } from './sql-states.js'

/** What is kept beside must agree with what it counts or repeats. */
export const derivedInvariants: readonly Invariant[] = [
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
]
