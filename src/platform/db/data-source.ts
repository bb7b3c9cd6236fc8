import { DataSource } from 'typeorm'
import { migrations } from '../../../migrations/index.js'

export interface DatabaseConfig {
  url: string
  poolSize: number
  /** Shown in pg_stat_activity. */
  applicationName: string
  /** Of each session, where they differ from what the program has. */
  settings?: Readonly<Record<string, string>>
}

/** What a function needs in order to read or to open a transaction. */
export interface Db {
  readonly dataSource: DataSource
}

/** Every connection gives up on locks and stalled transactions instead of holding others back for ever. */
const sessionSettings = {
  synchronous_commit: 'on',
  lock_timeout: '10000',
  statement_timeout: '60000',
  idle_in_transaction_session_timeout: '15000',
  // A process that loses power between the account's lock and BEGIN says nothing to Postgres, which would keep the lock of
  // a connection to nobody for hours. The pool closes what it does not use after ten seconds, so this meets only those.
  idle_session_timeout: '15000',
  timezone: 'UTC',
  // Statements here fetch a batch from large tables; with the default of 4 the planner would rather read them whole.
  random_page_cost: '1.1',
  jit: 'off',
}

export function createDataSource(config: DatabaseConfig): DataSource {
  return new DataSource({
    type: 'postgres',
    url: config.url,
    applicationName: config.applicationName,
    poolSize: config.poolSize,
    migrations,
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    installExtensions: false,
    extra: {
      options: Object.entries({ ...sessionSettings, ...config.settings })
        .map(([name, value]) => `-c ${name}=${value}`)
        .join(' '),
      connectionTimeoutMillis: 15_000,
    },
  })
}
