import type { AccountId, ImportId } from '../../../kernel/ids.js'
import { trustId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import type { FileLayout } from '../domain/file-layout.js'
import type { ImportOptions } from '../domain/import-options.js'
import type { ImportCounts, ImportState } from '../domain/import-state.js'

export interface UndoCounts {
  /** Contacts that the import had made and that are gone again. */
  removed: number
  /** Contacts that have their earlier values back. */
  restored: number
  /** Contacts left alone because somebody changed them since. */
  kept: number
  consentsRevoked: number
}

export interface ContactImport {
  id: ImportId
  accountId: AccountId
  fileName: string
  sizeBytes: number
  sha256: string | null
  isUtf8: boolean
  layout: FileLayout | null
  options: ImportOptions | null
  state: ImportState
  failure: string | null
  resumeRecord: number
  counts: ImportCounts
  consentsGranted: number
  consentsRevoked: number
  /** Rejected rows by reason. */
  reasons: Record<string, number>
  /** Remarks by code. */
  warnings: Record<string, number>
  undo: UndoCounts | null
  leaseUntil: Date | null
  startedBy: string
  createdAt: Date
  updatedAt: Date
  finishedAt: Date | null
}

interface ImportRow {
  id: string
  account_id: string
  file_name: string
  size_bytes: string
  sha256: string | null
  is_utf8: boolean
  mapping: FileLayout | null
  options: ImportOptions | null
  state: ImportState
  failure: string | null
  resume_record: string
  rows_read: string
  created_count: string
  updated_count: string
  unchanged_count: string
  duplicate_count: string
  rejected_count: string
  consents_granted: string
  consents_revoked: string
  reasons: Record<string, number>
  warnings: Record<string, number>
  undo: UndoCounts | null
  lease_until: Date | null
  started_by: string
  created_at: Date
  updated_at: Date
  finished_at: Date | null
}

function toImport(row: ImportRow): ContactImport {
  return {
    id: trustId<ImportId>(row.id),
    accountId: trustId<AccountId>(row.account_id),
    fileName: row.file_name,
    sizeBytes: Number(row.size_bytes),
    sha256: row.sha256,
    isUtf8: row.is_utf8,
    layout: row.mapping,
    options: row.options,
    state: row.state,
    failure: row.failure,
    resumeRecord: Number(row.resume_record),
    counts: {
      rowsRead: Number(row.rows_read),
      created: Number(row.created_count),
      updated: Number(row.updated_count),
      unchanged: Number(row.unchanged_count),
      duplicates: Number(row.duplicate_count),
      rejected: Number(row.rejected_count),
    },
    consentsGranted: Number(row.consents_granted),
    consentsRevoked: Number(row.consents_revoked),
    reasons: row.reasons,
    warnings: row.warnings,
    undo: row.undo,
    leaseUntil: row.lease_until,
    startedBy: row.started_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    finishedAt: row.finished_at,
  }
}

export interface NewImport {
  id: ImportId
  accountId: AccountId
  fileName: string
  startedBy: string
  now: Date
}

export async function insertImport(tx: Tx, created: NewImport): Promise<void> {
  await tx.query(
    `/* contacts.insertImport */ insert into contact_import (id, account_id, file_name, started_by, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $5)`,
    [created.id, created.accountId, created.fileName, created.startedBy, created.now],
  )
}

export async function readImport(
  db: Db,
  accountId: AccountId,
  importId: ImportId,
): Promise<ContactImport | null> {
  const [row] = await readQuery<ImportRow>(
    db,
    '/* contacts.readImport */ select * from contact_import where account_id = $1 and id = $2',
    [accountId, importId],
  )
  return row === undefined ? null : toImport(row)
}

export async function lockImport(
  tx: Tx,
  accountId: AccountId,
  importId: ImportId,
): Promise<ContactImport | null> {
  const [row] = await tx.query<ImportRow>(
    '/* contacts.lockImport */ select * from contact_import where account_id = $1 and id = $2 for update',
    [accountId, importId],
  )
  return row === undefined ? null : toImport(row)
}

/** Newest first. */
export async function listImportRows(
  db: Db,
  accountId: AccountId,
  page: { beforeId: string | null; limit: number },
): Promise<ContactImport[]> {
  const rows = await readQuery<ImportRow>(
    db,
    `/* contacts.listImports */ select * from contact_import
     where account_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
    [accountId, page.beforeId, page.limit],
  )
  return rows.map(toImport)
}

export interface ImportMove {
  from: ImportState
  to: ImportState
  now: Date
  failure?: string
}

/** Compare-and-set of the state. False: it had moved on. */
export async function moveImport(tx: Tx, importId: ImportId, move: ImportMove): Promise<boolean> {
  const rows = await tx.query(
    `/* contacts.moveImport */ update contact_import set state = $3::text, updated_at = $4::timestamptz, failure = $5, lease_until = null,
       finished_at = case when $3::text in ('completed', 'failed', 'undone') then $4::timestamptz end
     where id = $1 and state = $2 returning 1`,
    [importId, move.from, move.to, move.now, move.failure ?? null],
  )
  return rows.length === 1
}

export async function finishUpload(
  tx: Tx,
  importId: ImportId,
  file: { sizeBytes: number; sha256: string; isUtf8: boolean; now: Date },
): Promise<void> {
  await tx.query(
    `/* contacts.finishUpload */ update contact_import set state = 'uploaded', size_bytes = $2, sha256 = $3, is_utf8 = $4, updated_at = $5
     where id = $1 and state = 'uploading'`,
    [importId, file.sizeBytes, file.sha256, file.isUtf8, file.now],
  )
}

export async function setRunning(
  tx: Tx,
  importId: ImportId,
  layout: FileLayout,
  options: ImportOptions,
  now: Date,
): Promise<void> {
  await tx.query(
    `/* contacts.setRunning */ update contact_import set state = 'running', mapping = $2::jsonb, options = $3::jsonb, updated_at = $4
     where id = $1 and state = 'uploaded'`,
    [importId, JSON.stringify(layout), JSON.stringify(options), now],
  )
}

/** Takes the work for a while. False: another process has it, or there is nothing left to do. */
export async function takeLease(tx: Tx, importId: ImportId, now: Date, leaseUntil: Date): Promise<boolean> {
  const rows = await tx.query(
    `/* contacts.takeLease */ update contact_import set lease_until = $3
     where id = $1 and state in ('running', 'undoing') and (lease_until is null or lease_until <= $2) returning 1`,
    [importId, now, leaseUntil],
  )
  return rows.length === 1
}

export async function dropLease(tx: Tx, importId: ImportId): Promise<void> {
  await tx.query('/* contacts.dropLease */ update contact_import set lease_until = null where id = $1', [
    importId,
  ])
}

export interface ChunkResult {
  fromRecord: number
  records: number
  counts: ImportCounts
  consentsGranted: number
  consentsRevoked: number
  reasons: Record<string, number>
  warnings: Record<string, number>
  now: Date
  leaseUntil: Date
}

/** Adds a chunk to the totals. False: the position was not the expected one, so the chunk must not be written. */
export async function addChunk(
  tx: Tx,
  importId: ImportId,
  chunk: ChunkResult,
): Promise<ContactImport | null> {
  const [row] = await tx.query<ImportRow>(
    `/* contacts.addChunk */ update contact_import set resume_record = resume_record + $3,
       rows_read = rows_read + $4, created_count = created_count + $5, updated_count = updated_count + $6,
       unchanged_count = unchanged_count + $7, duplicate_count = duplicate_count + $8, rejected_count = rejected_count + $9,
       consents_granted = consents_granted + $10, consents_revoked = consents_revoked + $11,
       reasons = (select coalesce(jsonb_object_agg(key, n), '{}') from (select key, sum(value::bigint) as n
         from (select * from jsonb_each_text(reasons) union all select * from jsonb_each_text($12::jsonb)) a group by key) b),
       warnings = (select coalesce(jsonb_object_agg(key, n), '{}') from (select key, sum(value::bigint) as n
         from (select * from jsonb_each_text(warnings) union all select * from jsonb_each_text($13::jsonb)) a group by key) b),
       updated_at = $14, lease_until = $15
     where id = $1 and state = 'running' and resume_record = $2 returning *`,
    [
      importId,
      chunk.fromRecord,
      chunk.records,
      chunk.counts.rowsRead,
      chunk.counts.created,
      chunk.counts.updated,
      chunk.counts.unchanged,
      chunk.counts.duplicates,
      chunk.counts.rejected,
      chunk.consentsGranted,
      chunk.consentsRevoked,
      JSON.stringify(chunk.reasons),
      JSON.stringify(chunk.warnings),
      chunk.now,
      chunk.leaseUntil,
    ],
  )
  return row === undefined ? null : toImport(row)
}

/** Imports of any account that somebody must go on with. */
export async function listDueImports(
  db: Db,
  now: Date,
  limit: number,
): Promise<{ id: ImportId; accountId: AccountId; state: ImportState }[]> {
  const rows = await readQuery<{ id: string; account_id: string; state: ImportState }>(
    db,
    `/* contacts.listDueImports */ select id, account_id, state from contact_import
     where state in ('running', 'undoing') and (lease_until is null or lease_until <= $1) order by id limit $2`,
    [now, limit],
  )
  return rows.map((row) => ({
    id: trustId<ImportId>(row.id),
    accountId: trustId<AccountId>(row.account_id),
    state: row.state,
  }))
}

/** Removes files that nobody started, and uploads that broke off. */
export async function deleteForgottenUploads(tx: Tx, before: Date): Promise<number> {
  const rows = await tx.query(
    `/* contacts.deleteForgottenUploads */ delete from contact_import
     where state in ('uploading', 'uploaded') and updated_at < $1 returning 1`,
    [before],
  )
  return rows.length
}

export async function deleteImport(tx: Tx, importId: ImportId): Promise<void> {
  await tx.query(
    `/* contacts.deleteImport */ delete from contact_import where id = $1 and state = 'uploading'`,
    [importId],
  )
}

export async function readAllowedCountries(db: Db, accountId: AccountId): Promise<string[]> {
  const [row] = await readQuery<{ allowed_countries: string[] }>(
    db,
    '/* contacts.allowedCountries */ select allowed_countries from account_control where account_id = $1',
    [accountId],
  )
  return row?.allowed_countries ?? []
}
