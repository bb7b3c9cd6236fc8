import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import type { ConsentLevel, ConsentMethod, ConsentState, NewConsentEvent } from '../domain/consent.js'
import type { Purpose } from '../domain/contact.js'

interface StateRow {
  phone: string
  purpose: Purpose
  granted: boolean
  level: ConsentLevel | null
  method: ConsentMethod
  occurred_at: Date
  undoes: string | null
  import_id: string | null
}

const stateSql = `
  select s.phone, s.purpose, s.granted, e.level, e.method, e.occurred_at, e.evidence ->> 'undoes' as undoes, e.import_id
  from consent s join consent_event e on e.id = s.event_id
  where s.account_id = $1 and s.phone = any ($2::text[])`

function toState(row: StateRow): ConsentState {
  return {
    phone: row.phone,
    purpose: row.purpose,
    granted: row.granted,
    level: row.level,
    method: row.method,
    occurredAt: row.occurred_at,
    undoesImport: !row.granted && row.undoes !== null,
    importId: row.import_id,
  }
}

export async function readConsentStates(
  tx: Tx,
  accountId: AccountId,
  phones: readonly string[],
): Promise<ConsentState[]> {
  const rows = await tx.query<StateRow>(`/* contacts.consentStates */ ${stateSql}`, [accountId, phones])
  return rows.map(toState)
}

export async function listConsentStates(
  db: Db,
  accountId: AccountId,
  phones: readonly string[],
): Promise<ConsentState[]> {
  const rows = await readQuery<StateRow>(db, `/* contacts.listConsentStates */ ${stateSql}`, [
    accountId,
    phones,
  ])
  return rows.map(toState)
}

/** Appends events. The database itself moves the current state, and for revocations raises the account's gate epoch. */
export async function insertConsentEvents(
  tx: Tx,
  accountId: AccountId,
  events: readonly NewConsentEvent[],
  recordedAt: Date,
): Promise<string[]> {
  if (events.length === 0) return []
  const rows = await tx.query<{ id: string }>(
    `/* contacts.insertConsentEvents */
     insert into consent_event (account_id, phone, purpose, action, level, method, source, exact_text, language, actor, evidence,
       import_id, occurred_at, recorded_at)
     select $1, e.phone, e.purpose, e.action, e.level, e.method, e.source, e.exact_text, e.language, e.actor, e.evidence,
       e.import_id, least(e.occurred_at, $3), $3
     from json_to_recordset($2::json) as e (phone text, purpose text, action text, level text, method text, source text,
       exact_text text, language text, actor text, evidence jsonb, import_id uuid, occurred_at timestamptz)
     returning id`,
    [accountId, JSON.stringify(events.map(toRow)), recordedAt],
  )
  return rows.map((row) => row.id)
}

function toRow(event: NewConsentEvent): Record<string, unknown> {
  return {
    phone: event.phone,
    purpose: event.purpose,
    action: event.action,
    level: event.level,
    method: event.method,
    source: event.source,
    exact_text: event.exactText,
    language: event.language,
    actor: event.actor,
    evidence: event.evidence,
    import_id: event.importId,
    occurred_at: event.occurredAt,
  }
}

export interface ConsentEvent extends Omit<NewConsentEvent, 'evidence'> {
  id: string
  ord: number
  evidence: Record<string, unknown>
  recordedAt: Date
}

interface EventRow {
  id: string
  ord: string
  phone: string
  purpose: Purpose
  action: 'grant' | 'revoke'
  level: ConsentLevel | null
  method: ConsentMethod
  source: string | null
  exact_text: string | null
  language: string | null
  actor: string | null
  evidence: Record<string, unknown>
  import_id: string | null
  occurred_at: Date
  recorded_at: Date
}

function toEvent(row: EventRow): ConsentEvent {
  return {
    id: row.id,
    ord: Number(row.ord),
    phone: row.phone,
    purpose: row.purpose,
    action: row.action,
    level: row.level,
    method: row.method,
    source: row.source,
    exactText: row.exact_text,
    language: row.language,
    actor: row.actor,
    evidence: row.evidence,
    importId: row.import_id,
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
  }
}

/** The newest event that was on record at an instant: exactly what a claim would have read then. */
export async function readConsentEventAt(
  db: Db,
  accountId: AccountId,
  phone: string,
  purpose: Purpose,
  at: Date,
): Promise<ConsentEvent | null> {
  const [row] = await readQuery<EventRow>(
    db,
    `/* contacts.consentEventAt */ select * from consent_event
     where account_id = $1 and phone = $2 and purpose = $3 and recorded_at <= $4 order by ord desc limit 1`,
    [accountId, phone, purpose, at],
  )
  return row === undefined ? null : toEvent(row)
}

/** Newest first. */
export async function listConsentEventRows(
  db: Db,
  accountId: AccountId,
  phone: string,
  page: { beforeOrd: number | null; limit: number },
): Promise<ConsentEvent[]> {
  const rows = await readQuery<EventRow>(
    db,
    `/* contacts.listConsentEvents */ select * from consent_event
     where account_id = $1 and phone = $2 and ($3::bigint is null or ord < $3) order by ord desc limit $4`,
    [accountId, phone, page.beforeOrd, page.limit],
  )
  return rows.map(toEvent)
}

/** For each purpose, whether it was granted when the phone's owner last withdrew it by phone. */
export async function readWithdrawnByPhone(
  tx: Tx,
  accountId: AccountId,
  phone: string,
): Promise<ConsentEvent[]> {
  const rows = await tx.query<EventRow>(
    `/* contacts.withdrawnByPhone */
     select g.* from consent s
     join consent_event r on r.id = s.event_id and r.method in ('inbound_sms', 'keyword', 'carrier_21610')
     join lateral (
       select * from consent_event p where p.account_id = $1 and p.phone = $2 and p.purpose = s.purpose and p.ord < r.ord
       order by p.ord desc limit 1
     ) g on g.action = 'grant'
     where s.account_id = $1 and s.phone = $2 and not s.granted`,
    [accountId, phone],
  )
  return rows.map(toEvent)
}

/** The history in the order in which it was recorded, of one number or of all. */
export async function readHistoryPage(
  db: Db,
  accountId: AccountId,
  page: { phone: string | null; from: Date | null; to: Date | null; afterOrd: number; limit: number },
): Promise<ConsentEvent[]> {
  const rows = await readQuery<EventRow>(
    db,
    `/* contacts.consentHistory */ select * from consent_event
     where account_id = $1 and ($2::text is null or phone = $2) and ord > $5
       and ($3::timestamptz is null or recorded_at >= $3) and ($4::timestamptz is null or recorded_at < $4)
     order by ord limit $6`,
    [accountId, page.phone, page.from, page.to, page.afterOrd, page.limit],
  )
  return rows.map(toEvent)
}
