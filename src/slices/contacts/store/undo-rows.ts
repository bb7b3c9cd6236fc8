import type { AccountId, ImportId } from '../../../kernel/ids.js'
import type { Tx } from '../../../platform/db/transaction.js'
import type { Purpose } from '../domain/contact.js'
import type { UndoCounts } from './import-rows.js'

/**
 * Takes back by new events what the import granted and what is still in force because of it. What stood before it comes back:
 * consent that people had given elsewhere as a grant like theirs, an earlier opt-out by the method it had, so that undo never
 * weakens one. What another undone import had granted counts as never said.
 */
export async function takeBackConsents(
  tx: Tx,
  accountId: AccountId,
  importId: ImportId,
  undo: { actor: string; now: Date; limit: number },
): Promise<{ phone: string; purpose: Purpose; action: 'grant' | 'revoke' }[]> {
  return tx.query<{ phone: string; purpose: Purpose; action: 'grant' | 'revoke' }>(
    `/* contacts.takeBackConsents */
     insert into consent_event (account_id, phone, purpose, action, level, method, source, exact_text, language, actor, evidence,
       import_id, occurred_at, recorded_at)
     select $1, g.phone, g.purpose, coalesce(before.action, 'revoke'), before.level, coalesce(before.method, 'import'),
       'undo of an import', before.exact_text, before.language, case when before.restores is null then $3 end,
       case when before.restores is not null then jsonb_build_object('restores', before.restores, 'undone', $2::uuid::text)
         when before.method is null then jsonb_build_object('undoes', $2::uuid::text) else jsonb_build_object('undone', $2::uuid::text) end,
       -- A restored grant stays with the import that had made it, whose own undo then finds it.
       case when before.restores is null then $2::uuid else before.import_id end, coalesce(before.agreed_at, $4), $4
     from consent_event g
     join consent s on s.account_id = $1 and s.phone = g.phone and s.purpose = g.purpose and s.event_id = g.id
     left join lateral (
       select p.action, p.level, p.exact_text, p.language, p.import_id,
         case when p.action = 'grant' or not p.evidence ? 'undoes' then p.method end as method,
         case when p.action = 'grant' then p.id end as restores, case when p.action = 'grant' then p.occurred_at end as agreed_at
       from consent_event p where p.account_id = $1 and p.phone = g.phone and p.purpose = g.purpose and p.ord < g.ord
         and not (p.action = 'grant' and exists (
           select from contact_import i where i.id = p.import_id and i.state in ('undoing', 'undone')))
       order by p.ord desc limit 1
     ) before on true
     where g.import_id = $2 and g.account_id = $1 and g.action = 'grant'
     limit $5
     returning phone, purpose, action`,
    [accountId, importId, undo.actor, undo.now, undo.limit],
  )
}

/** Gives back what the import changed and nobody has changed since. */
export async function restorePrevious(
  tx: Tx,
  accountId: AccountId,
  importId: ImportId,
  now: Date,
  limit: number,
): Promise<number> {
  const rows = await tx.query(
    `/* contacts.restorePrevious */
     with due as (
       select h.contact_id, p.* from contact_import_change h
       join contact c on c.id = h.contact_id and c.account_id = $1 and c.import_id = $2 and c.edited_at is null and c.deleted_at is null
       cross join lateral jsonb_populate_record(null::contact, h.previous) p
       where h.import_id = $2 limit $4
     ), gone as (
       delete from contact_import_change h using due where h.import_id = $2 and h.contact_id = due.contact_id
     )
     update contact c set first_name = due.first_name, last_name = due.last_name, email = due.email, zone = due.zone,
       zone_source = due.zone_source, region = due.region, tags = due.tags, attributes = due.attributes, import_id = due.import_id,
       import_line = due.import_line, edited_at = due.edited_at, deleted_at = due.deleted_at, updated_at = $3
     from due where c.id = due.contact_id and c.account_id = $1
     returning 1`,
    [accountId, importId, now, limit],
  )
  return rows.length
}

/** Removes what the import made and nobody has changed since; the number keeps its consent history. */
export async function removeImported(
  tx: Tx,
  accountId: AccountId,
  importId: ImportId,
  now: Date,
  limit: number,
): Promise<number> {
  const rows = await tx.query(
    `/* contacts.removeImported */
     update contact set deleted_at = $3, updated_at = $3, first_name = null, last_name = null, email = null, zone = null,
       zone_source = null, region = null, tags = '{}', attributes = '{}'
     where account_id = $1 and id in (
       select c.id from contact c where c.account_id = $1 and c.import_id = $2 and c.edited_at is null and c.deleted_at is null
         and not exists (select from contact_import_change h where h.import_id = $2 and h.contact_id = c.id)
       limit $4)
     returning 1`,
    [accountId, importId, now, limit],
  )
  return rows.length
}

/** Contacts of the import that undo leaves alone. */
export async function countKept(tx: Tx, accountId: AccountId, importId: ImportId): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `/* contacts.countKept */
     select ((select count(*) from contact c where c.account_id = $1 and c.import_id = $2 and c.deleted_at is null)
       + (select count(*) from contact_import_change h join contact c on c.id = h.contact_id
          where h.import_id = $2 and c.import_id is distinct from $2))::int as count`,
    [accountId, importId],
  )
  return row?.count ?? 0
}

export async function addUndo(
  tx: Tx,
  importId: ImportId,
  done: UndoCounts,
  now: Date,
  leaseUntil: Date,
): Promise<void> {
  await tx.query(
    `/* contacts.addUndo */
     update contact_import set updated_at = $6, lease_until = $7, undo = jsonb_build_object(
       'removed', coalesce((undo ->> 'removed')::bigint, 0) + $2, 'restored', coalesce((undo ->> 'restored')::bigint, 0) + $3,
       'kept', coalesce((undo ->> 'kept')::bigint, 0) + $4,
       'consentsRevoked', coalesce((undo ->> 'consentsRevoked')::bigint, 0) + $5)
     where id = $1 and state = 'undoing'`,
    [importId, done.removed, done.restored, done.kept, done.consentsRevoked, now, leaseUntil],
  )
}
