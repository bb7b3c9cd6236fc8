import type { SharedConnection } from './shared-connection.js'

/** What a run writes to. The rest is what migrations put there, and nothing changes it but the platform's own row. */
const kept = new Set([
  'migration',
  'transfer_kind',
  'message_transition',
  'attempt_transition',
  'campaign_transition',
  'import_transition',
  'price_book',
  'platform_control',
  'simulation_move',
])

const statements = new WeakMap<SharedConnection, string>()

/**
 * Empties the database for the next run. Row by row with the guards asleep: on tables this small that takes a few
 * milliseconds, where truncation takes hundreds.
 */
export async function resetDatabase(connection: SharedConnection): Promise<void> {
  const sql = statements.get(connection) ?? (await writeStatement(connection))
  statements.set(connection, sql)
  await connection.run(`/* simulation.reset */ ${sql}`)
}

async function writeStatement(connection: SharedConnection): Promise<string> {
  const rows = (await connection.run(
    `/* simulation.tables */ select tablename::text as name from pg_tables where schemaname = 'public' order by 1`,
  )) as { name: string }[]
  const sequences = (await connection.run(
    `/* simulation.sequences */ select sequencename::text as name from pg_sequences where schemaname = 'public' order by 1`,
  )) as { name: string }[]
  const written = rows.map((row) => row.name).filter((name) => !kept.has(name))
  return [
    'set session_replication_role = replica',
    ...written.map((name) => `delete from ${name}`),
    `select ${sequences.map(({ name }) => `setval('${name}', 1, false)`).join(', ')}`,
    'set session_replication_role = origin',
  ].join('; ')
}
