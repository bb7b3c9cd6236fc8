import type { Invariant } from './invariant.js'

/** What must hold of webhooks to accounts' own servers. Nothing of them moves a credit or a text. */
export const endpointInvariants: readonly Invariant[] = [
  {
    id: 'W1',
    what: 'each try of a webhook that ended is written down once, and what counts as delivered was taken by its last try',
    sql: `select d.account_id, 'webhook ' || d.id as what from webhook_delivery d
      cross join lateral (
        select count(*) as tries, coalesce(bool_or(a.n = d.tries and a.problem is null and a.status between 200 and 299), false) as taken
        from webhook_attempt a where a.delivery_id = d.id) t
      where t.tries <> d.tries - case when d.state = 'sending' then 1 else 0 end or (d.state = 'delivered' and not t.taken)`,
    scope: 'whole',
    onBreach: 'alarm',
    why: 'an account could not rely on what its delivery log says; texts are not concerned',
  },
  {
    id: 'W2',
    what: "a webhook tells of an event of its endpoint's own account, at or before the endpoint's place, which is in the log",
    sql: `select d.account_id, 'webhook ' || d.id as what from webhook_delivery d join webhook_endpoint e on e.id = d.endpoint_id
      where d.account_id <> e.account_id or d.seq > e.through_seq
      union all
      select e.account_id, 'endpoint ' || e.id from webhook_endpoint e join account_feed f on f.account_id = e.account_id
      where e.through_seq > f.last_seq`,
    scope: 'whole',
    onBreach: 'alarm',
    why: 'an account would be told of somebody else, or twice, or not at all; texts are not concerned',
  },
]
