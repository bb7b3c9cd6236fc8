import type { AccountId, UserId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery } from '../../../platform/db/transaction.js'
import type { HistoryKind } from '../history-words.js'

export interface HistoryRow {
  /** Unique over all the histories. */
  key: string
  at: Date
  /** To the microsecond. */
  atText: string
  kind: HistoryKind
  action: string
  actor: string | null
  /** Name of the person or the key behind the actor. */
  actorName: string | null
  /** The text, campaign or import that it was about. */
  subjectId: string | null
  details: Record<string, unknown>
}

export interface HistoryFilter {
  kinds: readonly HistoryKind[] | null
  userId: UserId | null
}

interface Source {
  from: string
  kind: string
  key: string
  action: string
  actor?: string
  subject?: string
  details: string
  at?: string
}

const BY_PERSON = `actor ~ '^(user|admin):'`

/** Every history in which people do something to an account; never a single text. */
const sources: readonly Source[] = [
  {
    kind: `case when s.kind like 'member%' then 'members' when s.kind like any ('{key%,operation%}') then 'keys' else 'settings' end`,
    key: `'change:' || s.id`,
    action: 's.kind',
    details: 's.details',
    from: 'account_change s where s.account_id = $1',
  },
  {
    kind: `'settings'`,
    key: `'hours:' || s.id`,
    action: `'hours_set'`,
    details: `s.rules || jsonb_build_object('reason', s.reason)`,
    from: 'quiet_hours_event s where s.account_id = $1',
  },
  {
    kind: `'decisions'`,
    key: `'decision:' || s.id`,
    action: `'decided_' || s.decision`,
    subject: 's.message_id',
    details: `jsonb_build_object('reason', s.reason)`,
    from: 'unknown_decision s where s.account_id = $1',
  },
  {
    kind: `'sending'`,
    key: `'guard:' || s.id`,
    action: `'guard_' || s.kind`,
    subject: 's.campaign_id',
    details: `jsonb_build_object('rule', s.rule, 'reason', s.reason)`,
    from: 'guard_event s where s.account_id = $1',
  },
  {
    kind: `'sending'`,
    key: `'account:' || s.ord`,
    action: 's.state',
    details: `jsonb_build_object('reason', s.reason)`,
    from: `control_event s where s.kind = 'account' and s.key = $1`,
  },
  {
    kind: `'campaigns'`,
    key: `'campaign:' || s.ord`,
    action: `'campaign_' || s.state`,
    subject: 'c.id',
    details: `jsonb_build_object('name', c.name, 'reason', s.reason)`,
    from: `campaign c join control_event s on s.kind = 'campaign' and s.key = c.id where c.account_id = $1`,
  },
  {
    kind: `'consents'`,
    key: `'consent:' || s.id`,
    at: 's.recorded_at',
    action: `'consent_' || s.action`,
    details: `jsonb_build_object('number', '…' || right(s.phone, 4), 'purpose', s.purpose, 'method', s.method, 'source', s.source)`,
    from: `consent_event s where s.account_id = $1 and s.import_id is null and s.${BY_PERSON}`,
  },
  {
    kind: `'consents'`,
    key: `'import:' || s.id`,
    at: 's.created_at',
    action: `'imported'`,
    actor: 's.started_by',
    subject: 's.id',
    details: `jsonb_build_object('file', s.file_name, 'state', s.state, 'consents', s.consents_granted,
      'attested', s.options #>> '{attestation,statement}')`,
    from: 'contact_import s where s.account_id = $1',
  },
  {
    kind: `'credits'`,
    key: `'credits:' || s.block_no`,
    action: `'credits_moved'`,
    details: `jsonb_build_object('reason', s.reason, 'moved', (select string_agg(t.kind || ' ' || t.amount, ', ' order by t.seq)
      from (select kind, amount, seq from credit_transfer where account_id = s.account_id and seq between s.first_seq and s.last_seq
        order by seq limit 5) t))`,
    from: `ledger_block s where s.account_id = $1 and s.${BY_PERSON}`,
  },
]

/** Each history gives its newest rows before the place; those are ordered together and cut once more. */
function part({
  kind,
  key,
  action,
  actor = 's.actor',
  subject = 'null::uuid',
  details,
  at = 's.at',
  from,
}: Source): string {
  return `(select ${at} as at, ${key} as key, ${kind} as kind, ${action} as action, ${actor} as actor, ${subject} as subject_id, ${details} as details
    from ${from} and ($2::text[] is null or ${kind} = any ($2)) and ($3::text[] is null or ${actor} = any ($3))
      and ($4::timestamptz is null or (${at}, ${key}) < ($4, $5::text))
    order by ${at} desc, ${key} desc limit $6)`
}

/** Newest first. */
export async function listHistoryRows(
  db: Db,
  accountId: AccountId,
  { kinds, userId }: HistoryFilter,
  page: { before: { at: string; key: string } | null; limit: number },
): Promise<HistoryRow[]> {
  return readQuery<HistoryRow>(
    db,
    `/* app.history */
     select h.key, h.at, to_char(h.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "atText", h.kind, h.action, h.actor,
       coalesce(u.name, k.name) as "actorName", h.subject_id as "subjectId", h.details
     from (${sources.map(part).join('\n     union all\n     ')} order by at desc, key desc limit $6) h
     left join app_user u on h.actor = 'user:' || u.id
     left join api_key k on k.account_id = $1 and h.actor = 'api-key:' || k.id
     order by h.at desc, h.key desc`,
    [
      accountId,
      kinds,
      userId === null ? null : [`user:${userId}`, `admin:${userId}`],
      page.before?.at ?? null,
      page.before?.key ?? null,
      page.limit,
    ],
  )
}
