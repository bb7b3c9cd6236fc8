import pg from 'pg'
import { sendForEver, type PlainKind } from './plain-senders.js'

/** A plain sender as a process: `node sender.js '{"kind":…,"databaseUrl":…,"carrierUrl":…,"concurrency":…}'`. */
const { kind, databaseUrl, carrierUrl, concurrency } = JSON.parse(process.argv[2] ?? '{}') as {
  kind: PlainKind
  databaseUrl: string
  carrierUrl: string
  concurrency: number
}

const pool = new pg.Pool({
  connectionString: databaseUrl,
  max: concurrency,
  connectionTimeoutMillis: 5_000,
  query_timeout: 10_000,
  options: '-c idle_in_transaction_session_timeout=15000 -c lock_timeout=10000',
})
pool.on('error', () => undefined)
pool.on('connect', (client) => client.on('error', () => undefined))

let stopping = false
process.on('SIGTERM', () => {
  stopping = true
})
await Promise.all(
  Array.from({ length: concurrency }, () => sendForEver(pool, kind, carrierUrl, () => stopping)),
)
process.exit(0)
