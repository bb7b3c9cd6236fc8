import { invariants } from '../../src/app/audit/invariants.js'

/** What must hold after every step, beside the program's own audit: the carrier's record against messages and ledger. */
const againstCarrier = [
  {
    id: 'X1',
    what: 'nobody was texted twice: a message has one text at the carrier',
    sql: `select a.account_id, 'message ' || a.message_id as what from taken t join attempt a on a.id = t.attempt_id
      group by a.account_id, a.message_id having count(*) > 1`,
  },
  {
    id: 'X2',
    what: 'every text at the carrier has its attempt on record, and is held or captured',
    sql: `select a.account_id, 'attempt ' || t.attempt_id || ' is ' || coalesce(a.state::text, 'not there') as what
      from taken t left join attempt a on a.id = t.attempt_id
      where a.id is null or a.state not in ('dispatching', 'unknown', 'accepted', 'unproven')`,
  },
  {
    id: 'X3',
    what: 'an accepted attempt has the id of a text that the carrier has for it',
    sql: `select a.account_id, 'attempt ' || a.id as what from attempt a left join taken t on t.sid = a.sid
      where a.sid is not null and t.attempt_id is distinct from a.id`,
  },
  {
    id: 'X5',
    what: 'whatever is charged or kept as proof of an attempt is the text of that attempt',
    sql: `select a.account_id, 'attempt ' || a.id as what from carrier_observation o join taken t on t.sid = o.sid
      join attempt a on a.id = o.attempt_id where t.attempt_id <> o.attempt_id`,
  },
  {
    id: 'X4',
    what: 'what was sent is within what was paid in, less what is available',
    sql: `select b.account_id, 'sent ' || s.cost as what from credit_balance b
      join (select a.account_id, sum(a.cost) as cost from taken t join attempt a on a.id = t.attempt_id group by 1) s using (account_id)
      where s.cost > b.held + b.spent + (select coalesce(sum(amount), 0) from credit_transfer r
        where r.account_id = b.account_id and r.kind = 'refund')`,
  },
]

export interface Check {
  readonly id: string
  readonly what: string
}

export const checks: readonly Check[] = [...invariants, ...againstCarrier]

/** All of it as one statement; $1 is the carrier's record. Rows: which check, whose account, what breaks it. */
export const allChecks = `/* simulation.checks */
  with taken as materialized (select * from jsonb_to_recordset($1::jsonb) as t (sid text, attempt_id uuid))
  ${[...invariants, ...againstCarrier]
    .map(({ id, sql }) => `select '${id}' as id, account_id::text, what::text from (${sql}) as ${id}`)
    .join('\n union all ')}`

/** What must be so when faults are over and nothing more happens. */
const atRest = [
  {
    id: 'L1',
    what: 'nothing is in flight',
    sql: `select account_id, 'attempt ' || id || ' is ' || state as what from attempt where state in ('dispatching', 'unknown')
      union all select account_id, 'held ' || held from credit_balance where held > 0`,
  },
  {
    id: 'L2',
    what: 'no campaign runs on with something left',
    sql: `select account_id, 'campaign ' || campaign_id || ' is ' || state as what from campaign_control
      where state in ('running', 'scheduled') or draining`,
  },
  {
    id: 'L3',
    what: 'a campaign that goes on by itself is paused for a true reason',
    sql: `select k.account_id, 'campaign ' || k.campaign_id || ' paused: ' || k.pause_reason as what
      from campaign_control k join campaign c on c.id = k.campaign_id join account_control a on a.account_id = k.account_id
      join credit_balance b on b.account_id = k.account_id join message_tally t on t.campaign_id = k.campaign_id
      where k.state = 'paused' and c.auto_resume and a.sending_stopped_reason is null and a.subscription_state in ('active', 'trialing')
        and (k.pause_reason = 'subscription_inactive' or (k.pause_reason = 'credits_exhausted' and b.debt = 0
          and b.available - a.reserve_credits >= coalesce((select m.cost from message_due d join message m on m.id = d.message_id
            where d.campaign_id = k.campaign_id order by d.place limit 1), 1)
          and (k.cap_credits is null or k.cap_credits - t.held_credits - t.captured_credits >= coalesce((select m.cost
            from message_due d join message m on m.id = d.message_id where d.campaign_id = k.campaign_id order by d.place limit 1), 1))))`,
  },
  {
    id: 'L4',
    what: 'a single text waits only for credits, or for leave to send',
    sql: `select m.account_id, 'message ' || m.id as what from message m join account_control a on a.account_id = m.account_id
      join credit_balance b on b.account_id = m.account_id
      where m.state = 'pending' and m.campaign_id is null and a.sending_stopped_reason is null and a.singles_held is null
        and not exists (select from platform_control where sending_stopped_reason is not null)
        and a.subscription_state in ('active', 'trialing') and b.debt = 0
        and b.available >= (select f.cost from message_due d join message f on f.id = d.message_id
          where d.account_id = m.account_id and d.campaign_id is null order by d.place limit 1)`,
  },
  {
    id: 'L5',
    what: 'every webhook is applied',
    sql: `select null::uuid as account_id, 'webhook ' || id as what from webhook_inbox where applied_at is null`,
  },
  {
    id: 'L6',
    what: 'a campaign that has ended leaves nothing waiting',
    sql: `select k.account_id, 'campaign ' || k.campaign_id as what from campaign_control k
      join message m on m.campaign_id = k.campaign_id
      where k.state in ('completed', 'cancelled') and m.state in ('pending', 'dispatching', 'unknown')`,
  },
]

export const restChecks: readonly Check[] = atRest

export const allRestChecks = `/* simulation.restChecks */ ${atRest
  .map(({ id, sql }) => `select '${id}' as id, account_id::text, what::text from (${sql}) as ${id}`)
  .join('\n union all ')}`
