import type { Invariant } from './invariant.js'
import { RESTORED } from './sql-states.js'

/** What must hold of every claim: nothing was authorised that the gate forbids. */
export const gateInvariants: readonly Invariant[] = [
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
    id: 'I25',
    what: 'a campaign was never charged more than its cap',
    sql: `select c.account_id, 'campaign ' || c.campaign_id as what from campaign_control c join message_tally t using (campaign_id)
      where c.cap_credits is not null and t.held_credits + t.captured_credits > c.cap_credits`,
    scope: 'accounts',
    onBreach: 'stop',
    why: 'more would be charged than the customer allowed',
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
]
