import type { Db } from '../../src/platform/db/data-source.js'
import { readQuery } from '../../src/platform/db/transaction.js'

/** Everything that the database holds of one account: each row of each table that names it, as text. */
export async function rowsOfAccount(db: Db, accountId: string): Promise<Map<string, string[]>> {
  const tables = await readQuery<{ name: string }>(
    db,
    `/* test */ select c.table_name as name from information_schema.columns c
     join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and c.column_name = 'account_id' and t.table_type = 'BASE TABLE' order by 1`,
  )
  const found = new Map<string, string[]>()
  for (const { name } of tables) {
    const rows = await readQuery<{ text: string }>(
      db,
      `/* test */ select row_to_json(r)::text as text from "${name}" r where account_id = $1 order by 1`,
      [accountId],
    )
    found.set(
      name,
      rows.map((row) => row.text),
    )
  }
  return found
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** The ids in those rows; at most `perTable` different rows of each table give theirs. */
export function idsIn(rows: ReadonlyMap<string, readonly string[]>, perTable: number): string[] {
  const ids = [...rows.values()].flatMap((texts) =>
    texts.slice(0, perTable).flatMap((text) => text.match(UUID) ?? []),
  )
  return [...new Set(ids)]
}

/**
 * An id of this account for an ID argument, found by its name: `campaignId` is a `campaign_id` of some row, or the id of a
 * row of `campaign`; plain `id` is the id of what `field` is called after. A new id when the account has no such thing.
 */
export function ownIdFor(
  rows: ReadonlyMap<string, readonly string[]>,
  field: string,
  path: string,
): string | null {
  const argument = (path.split('.').at(-1) ?? path).replace(/s$/, '')
  const name = argument === 'id' ? `${field}Id` : argument
  const column = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  const table = column.replace(/_id$/, '')
  const objects = (texts: readonly string[]) =>
    texts.map((text) => JSON.parse(text) as Record<string, unknown>)
  const byTable = [...rows]
    .filter(([one]) => one === table || one.endsWith(`_${table}`))
    .map(([, texts]) => texts)
  const found = [
    ...byTable.flatMap((texts) => objects(texts).map((row) => row['id'])),
    ...[...rows.values()].flatMap((texts) => objects(texts).map((row) => row[column])),
  ]
  return found.find((value): value is string => typeof value === 'string') ?? null
}
