import type { Db } from '../../platform/db/data-source.js'
import type { Invariant } from './invariant.js'
import { invariants } from './invariants.js'
import { fullSql, newsSql } from './narrow-sql.js'
import type { LookKind } from './store/breach-rows.js'
import {
  accountsWithNews,
  balancesAt,
  messagesWithNews,
  takeWatch,
  type BrokenRow,
  type Checkpoint,
  type News,
  type Watch,
} from './store/look-rows.js'

export interface FoundRow {
  invariant: Invariant
  accountId: string | null
  what: string
}

export interface Seen {
  found: FoundRow[]
  accounts: number
  messages: number
  /** Where the next look begins, by whether the ledger was sound up to here. */
  sound: Checkpoint[]
  unsound: News[]
}

const ACCOUNTS_MAX = 50
const EVENTS_PER_ACCOUNT = 400
const MESSAGES_PER_QUERY = 2_000
const NEWS_TIMEOUT_MS = 120_000
const FULL_TIMEOUT_MS = 3_600_000

/**
 * Looks once, over one snapshot. `news`: accounts whose log has grown, and of them only the messages that moved and what
 * the ledger has posted since the checkpoint. `full`: everything. Null when another process is looking; the watch stays
 * held while `use` runs, so that what is found is also written by one.
 */
export async function lookOnce<T>(
  db: Db,
  kind: LookKind,
  use: (seen: Seen) => Promise<T>,
): Promise<T | null> {
  const watch = await takeWatch(db, { timeoutMs: kind === 'full' ? FULL_TIMEOUT_MS : NEWS_TIMEOUT_MS })
  if (watch === null) return null
  try {
    const seen = kind === 'full' ? await lookAtAll(watch) : await lookAtNews(watch)
    await watch.endSnapshot()
    return await use(seen)
  } finally {
    await watch.release()
  }
}

async function lookAtAll(watch: Watch): Promise<Seen> {
  const found: FoundRow[] = []
  for (const invariant of invariants) found.push(...(await ask(watch, invariant, fullSql(invariant), [])))
  return { found, accounts: 0, messages: 0, sound: [], unsound: [] }
}

async function lookAtNews(watch: Watch): Promise<Seen> {
  // Young tables have poor statistics; what is asked here is always little of much.
  await watch.query('/* audit.settings */ set local enable_seqscan = off')
  const accountIds = await accountsWithNews(watch, ACCOUNTS_MAX)
  const { messageIds, upTo } = await messagesWithNews(watch, accountIds, EVENTS_PER_ACCOUNT)
  const found: FoundRow[] = []
  if (accountIds.length > 0) {
    for (const invariant of invariants)
      found.push(...(await askNews(watch, invariant, accountIds, messageIds)))
  }
  const broken = new Set(
    found
      .filter(({ invariant }) => invariant.scope === 'ledger' || invariant.scope === 'chain')
      .map(({ accountId }) => accountId),
  )
  return {
    found,
    accounts: accountIds.length,
    messages: messageIds.length,
    sound: await balancesAt(
      watch,
      upTo.filter((one) => !broken.has(one.accountId)),
    ),
    unsound: upTo.filter((one) => broken.has(one.accountId)),
  }
}

async function askNews(
  watch: Watch,
  invariant: Invariant,
  accountIds: readonly string[],
  messageIds: readonly string[],
): Promise<FoundRow[]> {
  const asked = newsSql(invariant)
  if (asked === null) return []
  if (asked.takes < 2) return ask(watch, invariant, asked.sql, asked.takes === 0 ? [] : [accountIds])
  const found: FoundRow[] = []
  for (let from = 0; from < messageIds.length; from += MESSAGES_PER_QUERY) {
    const some = messageIds.slice(from, from + MESSAGES_PER_QUERY)
    found.push(...(await ask(watch, invariant, asked.sql, [accountIds, some])))
  }
  return found
}

async function ask(
  watch: Watch,
  invariant: Invariant,
  sql: string,
  params: readonly unknown[],
): Promise<FoundRow[]> {
  const rows = await watch.query<BrokenRow>(sql, params)
  return rows.map((row) => ({ invariant, accountId: row.account_id, what: row.what }))
}
