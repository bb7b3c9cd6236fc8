import pg from 'pg'
import { DateTime } from 'luxon'
import type { Scheduler } from '../world/scheduler.js'
import type { VirtualTime } from '../world/virtual-time.js'

/** Statements by the name that opens them, each with the text that a known-bad variant has instead. */
export type Rewrites = ReadonlyMap<string, (sql: string) => string>

const naming = /^\s*\/\*\s*([\w.]+)\s*\*\//

export function nameOf(sql: string): string {
  return naming.exec(sql)?.[1] ?? 'unnamed'
}

/** The one connection on which all virtual processes work in turn. */
export class SharedConnection {
  scheduler: Scheduler | null = null
  time: VirtualTime | null = null
  statements = 0

  constructor(
    readonly client: pg.Client,
    private readonly rewrites: Rewrites,
  ) {}

  async run(sql: string, params: readonly unknown[] = []): Promise<unknown[]> {
    const rewrite = this.rewrites.get(nameOf(sql))
    const statement = this.client.query(rewrite === undefined ? sql : rewrite(sql), [...params])
    this.statements += 1
    const over = statement.then(
      () => undefined,
      () => undefined,
    )
    const { scheduler } = this
    if (scheduler !== null) scheduler.busy = over
    try {
      const answer: unknown = await statement
      // Several statements in one text have several answers; nobody asks for their rows.
      return Array.isArray(answer) ? [] : (answer as pg.QueryResult<Record<string, unknown>>).rows
    } finally {
      if (scheduler?.busy === over) scheduler.busy = null
    }
  }

  /** As Postgres reads it. */
  instant(): string {
    return DateTime.fromMillis(this.time?.nowMs() ?? 0, { zone: 'utc' }).toISO() ?? ''
  }
}

/** A connection of its own process; over the Unix socket where there is one. */
export async function connect(url: string): Promise<pg.Client> {
  const { username, password, pathname, port, hostname } = new URL(url)
  const socketDirectory = process.platform === 'win32' ? hostname : '/tmp'
  const client = new pg.Client({
    user: username,
    password,
    database: pathname.slice(1),
    port: Number(port),
    host: socketDirectory,
    options: '-c timezone=UTC -c jit=off -c random_page_cost=1.1',
  })
  await client.connect()
  return client
}
