import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import type { EndedText } from '../domain/why-email.js'

interface EndedRow extends EndedText {
  id: string
}

/** The contact is the one that has the number now: an e-mail goes to whom the text went to. */
const ENDED_SQL = `select m.id, m.campaign_id as "campaignId", m.purpose, m.state::text, m.state_reason as "stateReason",
    d.status as delivery, nullif(m.expires_at, 'infinity') as "expiresAt", c.email,
    exists (select from attempt a join late_proof p on p.attempt_id = a.id where a.message_id = m.id and p.closed_as <> 'accepted') as "isProvedLate",
    case s.granted when true then 'granted' when false then 'revoked' end as consent
  from message m
  left join delivery d on d.attempt_id = m.attempt_id
  left join contact c on c.account_id = m.account_id and c.phone = m.phone and c.deleted_at is null
  left join consent s on s.account_id = m.account_id and s.phone = m.phone and s.purpose = 'transactional'`

/** Single texts among these; campaigns' texts are never followed by an e-mail and are not read. */
export async function readEnded(
  db: Db,
  accountId: AccountId,
  messageIds: readonly string[],
): Promise<EndedRow[]> {
  return readQuery<EndedRow>(
    db,
    `/* emails.readEnded */ ${ENDED_SQL}
     where m.id = any ($2::uuid[]) and m.account_id = $1 and m.campaign_id is null and m.purpose = 'transactional'`,
    [accountId, messageIds],
  )
}

/** The same as of now, for the one that is about to be sent, with its words. */
export async function readEndedNow(
  tx: Tx,
  accountId: AccountId,
  messageId: string,
): Promise<(EndedRow & { body: string }) | null> {
  const [row] = await tx.query<EndedRow & { body: string }>(
    `/* emails.readEndedNow */
     select e.*, b.body from (${ENDED_SQL} where m.id = $2 and m.account_id = $1) e join message_body b on b.message_id = e.id`,
    [accountId, messageId],
  )
  return row ?? null
}
