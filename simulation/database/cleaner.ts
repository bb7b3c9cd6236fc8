import type pg from 'pg'

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

/**
 * Empties the database for the next run, on a connection of its own: guards sleep there for good, because Postgres plans
 * everything anew on a connection where they are put to sleep or woken. Row by row and by plans that it keeps: on tables
 * this small that takes a few milliseconds, where truncation takes hundreds.
 */
export class Cleaner {
  private constructor(private readonly client: pg.Client) {}

  static async on(client: pg.Client): Promise<Cleaner> {
    await client.query('/* simulation.sleepingGuards */ set session_replication_role = replica')
    await client.query(
      `/* simulation.writeCleaner */ create or replace function public.simulation_empty() returns void language plpgsql
        as $$ begin ${await statementsFor(client)} end $$`,
    )
    return new Cleaner(client)
  }

  async empty(): Promise<void> {
    await this.client.query('/* simulation.empty */ select public.simulation_empty()')
  }
}

async function statementsFor(client: pg.Client): Promise<string> {
  const tables = await client.query<{ name: string }>(
    `/* simulation.tables */ select tablename::text as name from pg_tables where schemaname = 'public' order by 1`,
  )
  const sequences = await client.query<{ name: string }>(
    `/* simulation.sequences */ select sequencename::text as name from pg_sequences where schemaname = 'public' order by 1`,
  )
  return [
    ...tables.rows.filter(({ name }) => !kept.has(name)).map(({ name }) => `delete from public.${name};`),
    ...sequences.rows.map(({ name }) => `perform setval('public.${name}', 1, false);`),
  ].join('\n')
}
