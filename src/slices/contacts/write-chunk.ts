import type { AccountId, ImportId } from '../../kernel/ids.js'
import { sqlState } from '../../platform/db/sql-errors.js'
import { inTransaction, type Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { ConsentState } from './domain/consent.js'
import type { CsvRecord } from './domain/csv-records.js'
import { foldRows, isOwn, saysSomethingNew, type FoldedRows } from './domain/fold-rows.js'
import type { ImportOptions } from './domain/import-options.js'
import { tally } from './domain/tally.js'
import { consentKey, planConsents } from './domain/plan-consents.js'
import { rejectOf, type ContactDraft, type ReadRow, type RowNote, type RowReject } from './domain/read-row.js'
import {
  insertImported,
  insertNotes,
  insertRejects,
  readKnownContacts,
  rememberPrevious,
  updateImported,
} from './store/chunk-rows.js'
import { insertConsentEvents, readConsentStates } from './store/consent-rows.js'
import { addChunk } from './store/import-rows.js'
import type { ContactDeps } from './upload-import-file.js'

export interface ChunkSetting {
  accountId: AccountId
  importId: ImportId
  fileName: string
  actor: string
  options: ImportOptions
  datesOptIns: boolean
  readRow: ReadRow
}

interface ReadRows {
  drafts: ContactDraft[]
  rejects: RowReject[]
}

/**
 * Makes one chunk durable: contacts, consent events, rejects, remarks, totals and the position, in one transaction under
 * the account's lock. False: the import is no longer running from that position, so nothing was written. A row that
 * Postgres refuses for what it holds is found by halving the chunk and becomes a reject; it stops no other row.
 */
export async function writeChunk(
  deps: ContactDeps,
  setting: ChunkSetting,
  records: readonly CsvRecord[],
  fromRecord: number,
): Promise<boolean> {
  try {
    return await writeRows(deps, setting, readRows(setting, records), records.length, fromRecord)
  } catch (error) {
    if (!isDataError(error)) throw error
    const [only] = records
    if (records.length === 1 && only !== undefined) {
      const reject = rejectOf(only, 'row-not-storable', null)
      return writeRows(deps, setting, { drafts: [], rejects: [reject] }, 1, fromRecord)
    }
    const half = Math.ceil(records.length / 2)
    if (!(await writeChunk(deps, setting, records.slice(0, half), fromRecord))) return false
    return writeChunk(deps, setting, records.slice(half), fromRecord + half)
  }
}

function readRows(setting: ChunkSetting, records: readonly CsvRecord[]): ReadRows {
  const rows: ReadRows = { drafts: [], rejects: [] }
  for (const record of records) {
    const reading = setting.readRow(record)
    if (reading.ok) rows.drafts.push(reading.draft)
    else rows.rejects.push(reading.reject)
  }
  return rows
}

async function writeRows(
  deps: ContactDeps,
  setting: ChunkSetting,
  rows: ReadRows,
  records: number,
  fromRecord: number,
): Promise<boolean> {
  const { accountId, importId, options } = setting
  const now = deps.clock.now()
  const at = now.toJSDate()
  return inTransaction(deps.db, { name: 'contacts.importChunk', accountId }, async (tx) => {
    const phones = [...new Set(rows.drafts.map((draft) => draft.phone))]
    const known = await readKnownContacts(tx, accountId, phones)
    const folded = foldRows(rows.drafts, known, importId, options.existing)
    const consents = planConsents(folded.claims, await currentConsents(tx, accountId, folded), {
      importId,
      fileName: setting.fileName,
      attestation: options.attestation,
      datesOptIns: setting.datesOptIns,
      actor: setting.actor,
      now: at,
    })
    const revoked = consents.events.filter((event) => event.action === 'revoke')
    const granted = consents.events.filter((event) => event.action === 'grant')
    const notes = [...rows.drafts.flatMap((draft) => draft.notes), ...consents.notes]
    const total = await addChunk(tx, importId, {
      fromRecord,
      records,
      counts: { ...folded.counts, rowsRead: records, rejected: rows.rejects.length },
      consentsGranted: granted.length,
      consentsRevoked: revoked.length,
      reasons: tally(rows.rejects.map((reject) => reject.reason)),
      warnings: tally(notes.map((note) => note.code)),
      now: at,
      leaseUntil: now.plus(deps.limits.leaseMs).toJSDate(),
    })
    if (total === null) return false
    await writeContacts(tx, setting, folded, at)
    await insertConsentEvents(tx, accountId, consents.events, at)
    if (revoked.length > 0) await deps.onRevoked?.(tx, accountId, revoked, at)
    const reminded = granted.filter((event) => event.purpose === 'transactional').map((event) => event.phone)
    if (reminded.length > 0) await deps.onGranted?.(tx, accountId, reminded, at)
    await insertRejects(tx, importId, rows.rejects)
    await insertNotes(tx, importId, notesToKeep(notes, total.warnings, deps.limits.notesMax), folded.folded)
    const { counts } = total
    await appendEvent(tx, {
      accountId,
      topic: 'imports',
      payload: { importId, state: total.state, ...counts },
    })
    return true
  })
}

async function currentConsents(
  tx: Tx,
  accountId: AccountId,
  folded: FoldedRows,
): Promise<Map<string, ConsentState>> {
  const phones = [...new Set(folded.claims.map((row) => row.phone))]
  const states = phones.length === 0 ? [] : await readConsentStates(tx, accountId, phones)
  return new Map(states.map((state) => [consentKey(state.phone, state.purpose), state]))
}

async function writeContacts(tx: Tx, setting: ChunkSetting, folded: FoldedRows, now: Date): Promise<void> {
  const { accountId, importId } = setting
  const added = folded.writes.filter((write) => write.known === null)
  const changed = folded.writes.filter(
    (write) => write.known !== null && (!isOwn(write, importId) || saysSomethingNew(write)),
  )
  const foreign = changed.filter((write) => !isOwn(write, importId)).flatMap((write) => write.known?.id ?? [])
  await insertImported(tx, accountId, importId, added, now)
  await rememberPrevious(tx, accountId, importId, foreign)
  await updateImported(tx, accountId, importId, changed, now)
}

/** The totals already hold this chunk's remarks. */
function notesToKeep(
  notes: readonly RowNote[],
  totals: Readonly<Record<string, number>>,
  notesMax: number,
): RowNote[] {
  const kept = Object.values(totals).reduce((sum, count) => sum + count, 0) - notes.length
  return notes.slice(0, Math.max(0, notesMax - kept))
}

/** Classes 22 (data) and 23 (constraints): the same rows would fail again, and others would not. */
function isDataError(error: unknown): boolean {
  const state = sqlState(error)
  return state !== null && (state.startsWith('22') || state.startsWith('23'))
}
