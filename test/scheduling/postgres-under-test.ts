import pg from 'pg'
import { createTestDatabase } from '../support/database.js'
import { openStoreProxy } from './store-proxy.js'
import type { StoredJob, StoreUnderTest } from './store-under-test.js'

const readRows = `/* test.rows */ select name, type, data->>'key' as key, locked_at is not null as locked,
    extract(epoch from next_run_at) * 1000 as next_run_at_ms
  from scheduling.agenda_jobs order by name, key`

export async function openPostgresStore(): Promise<StoreUnderTest> {
  const database = await createTestDatabase({ poolSize: 1 })
  const target = new URL(database.url)
  const proxy = await openStoreProxy({
    host: target.hostname,
    port: Number(target.port),
    turnstile: null,
  })
  const through = new URL(database.url)
  through.hostname = '127.0.0.1'
  through.port = String(proxy.port)
  const pool = new pg.Pool({ connectionString: database.url, max: 2 })
  pool.on('error', () => undefined)

  return {
    direct: { mongodbUrl: null, databaseUrl: database.url },
    cuttable: { mongodbUrl: null, databaseUrl: through.href },
    cut: () => proxy.cut(),
    restore: () => proxy.restore(),
    rows: async () => {
      const { rows: found } = await pool.query<{ found: boolean }>(
        `/* test.hasTable */ select to_regclass('scheduling.agenda_jobs') is not null as found`,
      )
      if (found[0]?.found !== true) return []
      const { rows } = await pool.query<Omit<StoredJob, 'nextRunAtMs'> & { next_run_at_ms: string | null }>(
        readRows,
      )
      return rows.map(({ next_run_at_ms, ...row }) => ({
        ...row,
        nextRunAtMs: next_run_at_ms === null ? null : Number(next_run_at_ms),
      }))
    },
    lockFarAhead: async (name) => {
      await pool.query(
        `/* test.lockFarAhead */ update scheduling.agenda_jobs
          set locked_at = now() + interval '1 hour', next_run_at = now() + interval '1 hour' where name = $1`,
        [name],
      )
    },
    lose: async () => {
      await pool.query('/* test.lose */ drop schema if exists scheduling cascade')
    },
    close: async () => {
      await pool.end()
      await proxy.close()
      await database.drop()
    },
  }
}
