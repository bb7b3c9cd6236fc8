import type { Invariant } from './invariant.js'

const NEVER_ARRIVED = `('undelivered', 'failed', 'canceled')`
/** Proofs are dated by the database and tries by whoever made them. */
const CLOCKS_APART = `interval '1 minute'`

/** What must hold of e-mails in place of texts. */
export const emailInvariants: readonly Invariant[] = [
  {
    id: 'E1',
    what: 'no e-mail was sent for a text that had arrived by then, or may have',
    sql: `select distinct e.account_id, 'message ' || e.message_id as what from email_attempt t
      join email_fallback e on e.message_id = t.message_id join message m on m.id = e.message_id
      left join delivery d on d.attempt_id = m.attempt_id
      where t.outcome = 'began' and (m.state not in ('failed', 'expired', 'suppressed', 'accepted')
        or (m.state = 'accepted' and (d.status is null
          or (d.status not in ${NEVER_ARRIVED} and d.updated_at < t.at - ${CLOCKS_APART})))
        or exists (select from late_proof p where p.message_id = m.id and p.closed_as <> 'accepted' and p.at < t.at - ${CLOCKS_APART}))`,
    scope: 'whole',
    onBreach: 'alarm',
    why: 'somebody is told the same twice; no credit is wrong by that, and no text leaves because of it',
  },
  {
    id: 'E2',
    what: 'a text is followed by one e-mail at most',
    // A try follows another only when the mail server said "later" to it; a success may come after a try was given up.
    sql: `select e.account_id, 'message ' || e.message_id as what from email_fallback e
      join lateral (
        select count(*) filter (where outcome = 'began') as began, count(*) filter (where outcome = 'later') as later,
          count(*) filter (where outcome = 'sent') as sent
        from email_attempt t where t.message_id = e.message_id) t on true
      where t.began > t.later + 1 or t.sent > 1 or (e.state = 'sent') <> (t.sent = 1)`,
    scope: 'whole',
    onBreach: 'alarm',
    why: 'a reminder twice is what the fallback promises not to do',
  },
]
