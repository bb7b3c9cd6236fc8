import type { DataSource, QueryRunner } from 'typeorm'
import { createDataSource, type Db } from '../../src/platform/db/data-source.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { eventually } from '../support/eventually.js'

/** Before which statements a session stops, by their names; the first statement of its transaction is `begin`. */
export type Stops = readonly string[]

export interface Session {
  readonly name: string
  readonly db: Db
  /** What was sent and what was answered, with a place in the order of both sessions. */
  readonly moments: { what: string; at: number }[]
  close(): Promise<void>
}

interface Gate {
  waiting: (() => void) | null
  isFree: boolean
  isDone: boolean
  pid: number
}

let moment = 0

/**
 * A database client of one process, on a connection of its own, that stops before certain statements until it is let go
 * on: what happens between two stops happens in one piece, as far as the test is concerned.
 */
export class SteppedSession implements Session {
  readonly moments: { what: string; at: number }[] = []
  readonly db: Db
  private readonly gate: Gate = { waiting: null, isFree: true, isDone: true, pid: 0 }

  private constructor(
    readonly name: string,
    private readonly dataSource: DataSource,
    private readonly rewrite: (sql: string) => string,
  ) {
    const stepped = Object.create(dataSource) as DataSource
    stepped.createQueryRunner = () => this.steppedRunner(dataSource.createQueryRunner())
    this.db = { dataSource: stepped }
  }

  private stops: Stops = []

  static async open(
    url: string,
    name: string,
    rewrite: (sql: string) => string = (sql) => sql,
  ): Promise<SteppedSession> {
    const dataSource = createDataSource({ url, poolSize: 1, applicationName: `test-${name}` })
    await dataSource.initialize()
    const session = new SteppedSession(name, dataSource, rewrite)
    const [row] = await readQuery<{ pid: number }>(
      { dataSource },
      '/* test.pid */ select pg_backend_pid() as pid',
    )
    session.gate.pid = row!.pid
    return session
  }

  close(): Promise<void> {
    return this.dataSource.destroy()
  }

  /** Begins the work; it runs to its first stop. */
  begin<T>(stops: Stops, work: () => Promise<T>): Promise<T> {
    this.moments.length = 0
    this.stops = stops
    this.gate.isFree = false
    this.gate.isDone = false
    return work().finally(() => {
      this.gate.isDone = true
    })
  }

  /** One step: to the next stop, to the end, or until Postgres makes it wait for the other one. */
  async step(watcher: Db): Promise<void> {
    await this.rest(watcher)
    this.release()
    await this.rest(watcher)
  }

  /** No more stops. */
  letGo(): void {
    this.gate.isFree = true
    this.release()
  }

  /** Until it stands still. */
  async rest(watcher: Db): Promise<void> {
    await eventually(
      async () =>
        this.gate.isDone || this.gate.waiting !== null || (await this.isBlocked(watcher)) ? true : null,
      { timeoutMs: 10_000, what: `${this.name} stands still` },
    )
  }

  private release(): void {
    const go = this.gate.waiting
    this.gate.waiting = null
    go?.()
  }

  private async isBlocked(watcher: Db): Promise<boolean> {
    const [row] = await readQuery<{ blocked: boolean }>(
      watcher,
      '/* test.isBlocked */ select cardinality(pg_blocking_pids($1)) > 0 as blocked',
      [this.gate.pid],
    )
    return row!.blocked
  }

  private steppedRunner(runner: QueryRunner): QueryRunner {
    const send = runner.query.bind(runner) as (sql: string, params?: unknown[]) => Promise<unknown>
    let isOpen = false
    runner.query = (async (sql: string, params?: unknown[]) => {
      const named = /\/\*\s*([\w.]+)/.exec(sql)?.[1] ?? ''
      const isAside = named === 'db.lockAccount' || named === 'db.unlockAccount' || named === 'db.rollback'
      const stop = isOpen || isAside ? named : 'begin'
      if (!isAside) isOpen = true
      if (!this.gate.isFree && this.stops.includes(stop)) {
        await new Promise<void>((resolve) => {
          this.gate.waiting = resolve
        })
      }
      this.note(`${stop} sent`)
      const answer = await send(this.rewrite(sql), params)
      this.note(`${stop} answered`)
      return answer
    }) as QueryRunner['query']
    return runner
  }

  private note(what: string): void {
    moment += 1
    this.moments.push({ what, at: moment })
  }
}

/** All orders of so many steps of one and so many of the other. */
export function orders(first: number, second: number): string[] {
  if (first === 0) return ['B'.repeat(second)]
  if (second === 0) return ['A'.repeat(first)]
  return [
    ...orders(first - 1, second).map((rest) => `A${rest}`),
    ...orders(first, second - 1).map((rest) => `B${rest}`),
  ]
}

/** Both works, their steps in this order. A step whose session waits for the other one is taken when it can go on. */
export async function interleave<A, B>(
  order: string,
  watcher: Db,
  a: { session: SteppedSession; stops: Stops; work: () => Promise<A> },
  b: { session: SteppedSession; stops: Stops; work: () => Promise<B> },
): Promise<[A, B]> {
  const both = Promise.all([a.session.begin(a.stops, a.work), b.session.begin(b.stops, b.work)])
  both.catch(() => undefined)
  for (const which of order) await (which === 'A' ? a : b).session.step(watcher)
  a.session.letGo()
  b.session.letGo()
  return both
}

/** Whether `first` had its commit acknowledged before `second` sent its last. */
export function committedBefore(first: Session, second: Session): boolean {
  const acknowledged = first.moments.find(({ what }) => what === 'db.commit answered')
  const sent = second.moments.filter(({ what }) => what === 'db.commit sent').at(-1)
  return acknowledged !== undefined && sent !== undefined && acknowledged.at < sent.at
}
