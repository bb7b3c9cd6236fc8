import { PostgresBackend } from '@agendajs/postgres-backend'
import pg from 'pg'
import type { JobStore, RecurringRow, StoreDeps } from './job-store.js'
import { PostgresWakeChannel } from './postgres-wake-channel.js'

/** Agenda's table has a schema of its own: it is no part of the migrations, and dropping it loses only alarms. */
const SCHEMA = 'scheduling'
const TABLE = 'agenda_jobs'
const CONNECTIONS_MAX = 4
const CONNECT_MS_MAX = 5_000
const QUERY_MS_MAX = 10_000
const SETUP_LOCK = 7_236_411_905

const sessionSettings = [
  `search_path=${SCHEMA}`,
  'timezone=UTC',
  'lock_timeout=5000',
  'statement_timeout=10000',
  // The lock of the setup must not outlive a process that vanished without a word.
  'idle_session_timeout=15000',
  // A forgotten alarm costs one sweep interval; waiting for the disk at each would cost all the time.
  'synchronous_commit=off',
]

export function createPostgresStore(databaseUrl: string, deps: StoreDeps): JobStore {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'tollgate-scheduler',
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_MS_MAX,
    query_timeout: QUERY_MS_MAX,
    keepAlive: true,
    options: sessionSettings.map((setting) => `-c ${setting}`).join(' '),
  })
  // A connection that the server ends would end this process without a listener: the pool's is for idle ones only.
  pool.on('error', deps.onTrouble)
  pool.on('connect', (client) => client.on('error', deps.onTrouble))
  const newRepository = () =>
    new PostgresBackend({ pool, tableName: TABLE, disableNotifications: true }).repository

  return {
    kind: 'postgres',
    channel: new PostgresWakeChannel(databaseUrl, pool, deps.onTrouble),
    prepare: () => prepare(pool, () => newRepository().connect()),
    repository: newRepository,
    recurring: () => readRecurring(pool),
    removeRecurring: async (name) => {
      await pool.query(
        `/* scheduling.removeRecurring */ delete from ${TABLE} where name = $1 and type = 'single'`,
        [name],
      )
    },
    hasWaiting: async (name, lane) => {
      const { rowCount } = await pool.query(
        `/* scheduling.hasWaiting */ select from ${TABLE}
          where name = $1 and type = 'normal' and data->>'lane' = $2 and locked_at is null and next_run_at is not null
          limit 1`,
        [name, lane],
      )
      return rowCount === 1
    },
    move: async (name, key, at) => {
      const { rowCount } = await pool.query(
        `/* scheduling.move */ update ${TABLE} set next_run_at = $3
          where name = $1 and type = 'normal' and data->>'key' = $2 and locked_at is null`,
        [name, key, at],
      )
      return rowCount === 1
    },
    handBack: async (owner) => {
      await pool.query(
        `/* scheduling.handBack */ update ${TABLE} set locked_at = null, next_run_at = coalesce(next_run_at, now())
          where last_modified_by = $1 and locked_at is not null`,
        [owner],
      )
    },
    isDuplicate: (error) => (error as { code?: unknown } | null)?.code === '23505',
    close: () => pool.end(),
  }
}

/**
 * One process at a time, because `create … if not exists` fails when two begin together. Agenda's `unique()` is a
 * select and then an insert; the index below is what really keeps a key from being there twice.
 */
async function prepare(pool: pg.Pool, connectRepository: () => Promise<void>): Promise<void> {
  const client = await pool.connect()
  let clean = false
  try {
    await client.query('/* scheduling.lockSetup */ select pg_advisory_lock($1)', [SETUP_LOCK])
    await client.query(`/* scheduling.createSchema */ create schema if not exists ${SCHEMA}`)
    await connectRepository()
    await client.query(
      `/* scheduling.createKeyIndex */ create unique index if not exists ${TABLE}_one_per_key
         on ${TABLE} (name, (data->>'key')) where type = 'normal'`,
    )
    await client.query(
      `/* scheduling.removeFinished */ delete from ${TABLE}
        where type = 'normal' and next_run_at is null and locked_at is null
          and last_finished_at < now() - interval '1 minute'`,
    )
    await client.query('/* scheduling.unlockSetup */ select pg_advisory_unlock($1)', [SETUP_LOCK])
    clean = true
  } finally {
    // A connection that failed half-way may still hold the lock: close it.
    client.release(!clean)
  }
}

interface Row {
  name: string
  repeat_interval: string | null
  next_run_at: Date | null
  last_run_at: Date | null
  locked_at: Date | null
}

async function readRecurring(pool: pg.Pool): Promise<Map<string, RecurringRow>> {
  const { rows } = await pool.query<Row>(
    `/* scheduling.readRecurring */ select name, repeat_interval, next_run_at, last_run_at, locked_at
       from ${TABLE} where type = 'single'`,
  )
  return new Map(
    rows.map((row) => [
      row.name,
      {
        everyMs: row.repeat_interval === null ? null : Number(row.repeat_interval),
        nextRunAtMs: row.next_run_at?.getTime() ?? null,
        lockedAtMs: row.locked_at?.getTime() ?? null,
        lastSeenAtMs: latest(row.last_run_at, row.locked_at),
      },
    ]),
  )
}

function latest(...times: (Date | null)[]): number | null {
  const known = times.filter((time) => time !== null).map((time) => time.getTime())
  return known.length === 0 ? null : Math.max(...known)
}
