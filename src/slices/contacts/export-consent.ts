import { createHash } from 'node:crypto'
import type { AccountId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import { csvLine } from './domain/csv-cell.js'
import { normalPhone } from './domain/phone.js'
import { readHistoryPage, type ConsentEvent } from './store/consent-rows.js'

export interface ConsentExport {
  /** One number; all of the account when null. */
  phone: string | null
  /** When it was recorded, which is when it began to count; both inclusive of the first and exclusive of the last moment. */
  from: Date | null
  to: Date | null
  format: 'csv' | 'jsonl'
}

const PAGE_ROWS = 1_000

const columns = [
  'event',
  'phone',
  'purpose',
  'action',
  'level',
  'method',
  'source',
  'text_shown',
  'language',
  'recorded_by',
  'evidence',
  'import',
  'occurred_at',
  'recorded_at',
] as const

/**
 * The history of consent as a file for counsel, in the order in which it was recorded, in pieces of any number. It ends with
 * how many events it has and the SHA-256 of everything before that line, so that a copy can be shown to be whole and
 * unchanged. No cell of the CSV runs as a formula. Null for a number that is none.
 */
export function exportConsent(
  db: Db,
  accountId: AccountId,
  wanted: ConsentExport,
): AsyncIterable<string> | null {
  const phone = wanted.phone === null ? null : normalPhone(wanted.phone)
  if (wanted.phone !== null && phone === null) return null
  return sealed(pieces(db, accountId, { ...wanted, phone }), wanted.format)
}

interface Piece {
  text: string
  events: number
}

async function* sealed(
  source: AsyncIterable<Piece>,
  format: ConsentExport['format'],
): AsyncGenerator<string> {
  const hash = createHash('sha256')
  let events = 0
  for await (const piece of source) {
    hash.update(piece.text)
    events += piece.events
    yield piece.text
  }
  const sha256 = hash.digest('hex')
  yield format === 'csv'
    ? csvLine(['end', `events: ${String(events)}`, `sha256 of all lines above: ${sha256}`])
    : `${JSON.stringify({ end: true, events, sha256 })}\n`
}

async function* pieces(db: Db, accountId: AccountId, wanted: ConsentExport): AsyncGenerator<Piece> {
  const write = wanted.format === 'csv' ? toCsv : toJson
  if (wanted.format === 'csv') yield { text: csvLine([...columns]), events: 0 }
  for (let afterOrd = 0; ;) {
    const page = await readHistoryPage(db, accountId, { ...wanted, afterOrd, limit: PAGE_ROWS })
    const last = page.at(-1)
    if (last === undefined) return
    yield { text: page.map(write).join(''), events: page.length }
    afterOrd = last.ord
  }
}

function toCsv(event: ConsentEvent): string {
  return csvLine([
    event.id,
    // A number begins with a plus, which a spreadsheet would take for a formula; the apostrophe is part of the file.
    event.phone,
    event.purpose,
    event.action,
    event.level ?? '',
    event.method,
    event.source ?? '',
    event.exactText ?? '',
    event.language ?? '',
    event.actor ?? '',
    JSON.stringify(event.evidence),
    event.importId ?? '',
    event.occurredAt.toISOString(),
    event.recordedAt.toISOString(),
  ])
}

function toJson({ id, ord: _ord, ...event }: ConsentEvent): string {
  return `${JSON.stringify({ event: id, ...event })}\n`
}
