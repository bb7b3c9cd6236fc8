import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import type { AccountId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import { csvText } from './domain/csv-text.js'
import { toLine, type StatementLine } from './domain/statement-line.js'
import { readNewestFacts, readOldestFacts, readSpan } from './store/statement.js'

export interface StatementPage {
  /** Only transfers before this one; null for the newest. */
  beforeSeq: number | null
  limit: number
}

/** A page of the statement, newest first: every transfer with what was available and held after it. */
export async function readStatement(
  db: Db,
  accountId: AccountId,
  page: StatementPage,
): Promise<StatementLine[]> {
  const facts = await readNewestFacts(db, accountId, page)
  return facts.map(({ fact, available, held }) => toLine(fact, { available, held }))
}

export interface StatementPeriod {
  since: Date | null
  until: Date | null
}

const LINES_PER_READ = 1_000

/** The whole statement of a period, oldest first, read in pieces: history does not change while it is read. */
export async function* statementLines(
  db: Db,
  accountId: AccountId,
  period: StatementPeriod,
): AsyncGenerator<StatementLine, void, undefined> {
  const span = await readSpan(db, accountId, period.since, period.until)
  let { afterSeq, available, held } = span
  while (afterSeq < span.throughSeq) {
    const page = { afterSeq, throughSeq: span.throughSeq, limit: LINES_PER_READ }
    const facts = await readOldestFacts(db, accountId, page)
    if (facts.length === 0) return
    for (const fact of facts) {
      const changes = toLine(fact, { available, held })
      available += changes.availableChange
      held += changes.heldChange
      afterSeq = fact.seq
      yield toLine(fact, { available, held })
    }
  }
}

/** The columns of the CSV statement. `credits` is the change of available, so that the column adds up to the balance. */
const columns = [
  'seq',
  'at',
  'kind',
  'description',
  'amount',
  'credits',
  'held_change',
  'available',
  'held',
  'lot',
  'lot_source',
  'actor',
  'reason',
  'message_id',
  'campaign_id',
  'block',
] as const

function toRecord(line: StatementLine): Record<(typeof columns)[number], string | number> {
  return {
    seq: line.seq,
    at: line.at.toISOString(),
    kind: line.kind,
    description: csvText(line.description),
    amount: line.amount,
    credits: line.availableChange,
    held_change: line.heldChange,
    available: line.available,
    held: line.held,
    lot: line.lotNo,
    lot_source: line.lotSource,
    actor: csvText(line.actor),
    reason: csvText(line.reason ?? ''),
    message_id: line.messageId ?? '',
    campaign_id: line.campaignId ?? '',
    block: line.blockNo,
  }
}

/**
 * The statement of a period as CSV, oldest first. It flows as fast as its reader takes it, whatever its length, and free
 * text in it cannot run as a formula in a spreadsheet.
 */
export function statementCsv(db: Db, accountId: AccountId, period: StatementPeriod): Readable {
  const records = async function* (): AsyncGenerator<Record<string, string | number>> {
    for await (const line of statementLines(db, accountId, period)) yield toRecord(line)
  }
  const lines = Readable.from(records())
  const csv = stringify({ header: true, columns: [...columns], record_delimiter: 'windows' })
  lines.on('error', (error) => csv.destroy(error))
  csv.on('close', () => lines.destroy())
  return lines.pipe(csv)
}
