import type { Invariant } from './invariant.js'

/** What must hold of notifications and the texts that they become. */
export const appointmentInvariants: readonly Invariant[] = [
  {
    id: 'N1',
    what: 'a queued notification has its one text, and every text of an appointment its one notification',
    sql: `select n.account_id, 'notification ' || n.id as what from notification n
      left join message m on m.account_id = n.account_id and m.idem_key = 'appt:' || n.id
      where (n.state = 'queued' and m.id is distinct from n.message_id) or (n.state in ('planned', 'skipped') and m.id is not null)
      union all
      select m.account_id, 'message ' || m.id from message m
      where m.idem_key like 'appt:%' and not exists (select from notification n where n.message_id = m.id)`,
    scope: 'whole',
    onBreach: 'alarm',
    why: 'somebody is told twice about an appointment, or not at all; no credit is wrong by that',
  },
  {
    id: 'N2',
    what: 'nothing about an appointment was authorised after it was taken back',
    sql: `select n.account_id, 'notification ' || n.id as what from notification n
      join attempt a on a.message_id = n.message_id join claim c on c.id = a.claim_id
      where n.state = 'voided' and c.ord > n.voided_ord`,
    scope: 'whole',
    onBreach: 'stop',
    why: 'people would go to appointments at times that are no longer true',
  },
]
