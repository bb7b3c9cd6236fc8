import type { Invariant } from './invariant.js'

/** What must hold of money and the credits that came of it. */
export const billingInvariants: readonly Invariant[] = [
  {
    id: 'B1',
    what: 'a purchase has exactly the credits of its lots, granted and taken back',
    sql: `select p.account_id, 'purchase ' || p.id as what from billing_purchase p left join lateral (
        select sum(l.amount) filter (where b.kind = 'grant') as granted,
          coalesce(sum(t.taken), 0) - coalesce(sum(l.amount) filter (where b.kind = 'restore'), 0) as clawed
        from billing_lot b join credit_lot l using (account_id, lot_no) left join lateral (
          select sum(amount) as taken from credit_transfer t where t.account_id = b.account_id and t.lot_no = b.lot_no
            and t.op_key like 'rollback:' || p.id || ':%') t on true
        where b.purchase_id = p.id) x on true
      where (p.credits, p.clawed_credits) is distinct from (coalesce(x.granted, 0), coalesce(x.clawed, 0))`,
    scope: 'whole',
    onBreach: 'stop',
    why: 'credits would be spent that nobody paid for, or that were taken back',
  },
  {
    id: 'B2',
    what: 'a month of top-ups has committed what was charged and what is pending, and no more than its cap',
    sql: `select m.account_id, 'month ' || m.month as what from top_up_month m left join (
        select account_id, month, sum(amount_minor) as amount from top_up where state not in ('failed', 'canceled') group by 1, 2) t
        using (account_id, month)
      where m.committed_minor <> coalesce(t.amount, 0) or m.committed_minor > m.cap_minor`,
    scope: 'cheap',
    onBreach: 'alarm',
    why: 'a card could be charged beyond what its owner allowed; texts are not the danger',
  },
  {
    id: 'B3',
    what: 'an account is frozen exactly while a payment of it is disputed or reported as fraud',
    sql: `select a.account_id, 'control' as what from account_control a
      where (a.billing_freeze is not null)
        <> exists (select from billing_payment p where p.account_id = a.account_id and (p.dispute_open or (p.fraud_warned and p.fraud_cleared_at is null)))`,
    scope: 'cheap',
    onBreach: 'stop',
    why: 'an account would go on sending on money that is being taken back',
  },
]
