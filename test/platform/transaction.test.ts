import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { newId } from '../../src/kernel/ids.js'
import { seededRandom } from '../../src/kernel/random.js'
import { createDataSource, type Db } from '../../src/platform/db/data-source.js'
import { sqlState } from '../../src/platform/db/sql-errors.js'
import {
  AmbiguousCommit,
  assertNoTransaction,
  inTransaction,
  readQuery,
  transactionStatistics,
  type Tx,
} from '../../src/platform/db/transaction.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { eventually } from '../support/eventually.js'

let database: TestDatabase
let db: Db
const random = seededRandom(7)

beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 6 })
  db = database.db
  await readQuery(db, '/* test */ create table note (id int primary key, text text not null)')
  // A commit that waits for whoever holds advisory lock 42, so that a test can act while COMMIT is under way.
  await readQuery(
    db,
    `/* test */ create function wait_at_commit() returns trigger language plpgsql as $$ begin
       if new.text = 'wait' then perform pg_advisory_xact_lock_shared(42); end if;
       return null;
     end $$`,
  )
  await readQuery(
    db,
    `/* test */ create constraint trigger note_waits after insert on note deferrable initially deferred
       for each row execute function wait_at_commit()`,
  )
})
afterAll(async () => {
  await database.drop()
})
beforeEach(async () => {
  await readQuery(db, '/* test */ delete from note')
})

const write = (tx: Tx, id: number, text = 'x') =>
  tx.query('/* test */ insert into note (id, text) values ($1, $2)', [id, text])
const notes = async (): Promise<number[]> =>
  (await readQuery<{ id: number }>(db, '/* test */ select id from note order by id')).map((row) => row.id)

describe('what the body did', () => {
  test('is there after the commit, with the answer of the body', async () => {
    expect(
      await inTransaction(db, { name: 'test' }, async (tx) => {
        await write(tx, 1)
        return 'answer'
      }),
    ).toBe('answer')

    expect(await notes()).toEqual([1])
  })

  test('is gone after the body threw, and the caller hears what it threw', async () => {
    const broken = new Error('broken')

    await expect(
      inTransaction(db, { name: 'test' }, async (tx) => {
        await write(tx, 1)
        throw broken
      }),
    ).rejects.toBe(broken)

    expect(await notes()).toEqual([])
  })

  test('is not reported as done when the body swallowed a failed statement', async () => {
    const swallowing = inTransaction(db, { name: 'test' }, async (tx) => {
      await write(tx, 1)
      await write(tx, 1).catch(() => undefined)
    })

    await expect(swallowing.catch(sqlState)).resolves.toBe('25P02')
    expect(await notes()).toEqual([])
  })

  test('runs under serializable isolation', async () => {
    const rows = await inTransaction(db, { name: 'test' }, (tx) =>
      tx.query<{ transaction_isolation: string }>('/* test */ show transaction_isolation'),
    )

    expect(rows).toEqual([{ transaction_isolation: 'serializable' }])
  })

  test('answers rows for every kind of statement', async () => {
    await inTransaction(db, { name: 'test' }, async (tx) => {
      expect(await tx.query('/* test */ insert into note values (1, $1) returning id', ['a'])).toEqual([
        { id: 1 },
      ])
      expect(await tx.query('/* test */ update note set text = $1 returning text', ['b'])).toEqual([
        { text: 'b' },
      ])
      expect(await tx.query('/* test */ delete from note returning id')).toEqual([{ id: 1 }])
      expect(await tx.query('/* test */ update note set text = $1', ['c'])).toEqual([])
    })
  })
})

/** Lets the first `count` callers go on together, and later ones at once. */
function barrier(count: number): () => Promise<void> {
  let open!: () => void
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  let arrived = 0
  return () => {
    arrived += 1
    if (arrived === count) open()
    return opened
  }
}

describe('conflicts', () => {
  test('a serialization failure reported by COMMIT runs the whole body again in a new transaction', async () => {
    await readQuery(db, `/* test */ insert into note values (1, 'on'), (2, 'on')`)
    const bothHaveRead = barrier(2)
    const bothHaveWritten = barrier(2)
    let finished = 0

    // Write skew: each sees both notes on and switches its own off. One of the two must run again.
    const switchOff = (id: number): Promise<string> =>
      inTransaction(db, { name: 'test', random }, async (tx) => {
        const on = await tx.query(`/* test */ select id from note where text = 'on'`)
        await bothHaveRead()
        if (on.length === 2) {
          await tx.query(`/* test */ update note set text = 'off' where id = $1`, [id])
          await bothHaveWritten()
        }
        finished += 1
        return on.length === 2 ? 'switched' : 'kept'
      })
    const outcomes = await Promise.all([switchOff(1), switchOff(2)])

    expect(outcomes.sort()).toEqual(['kept', 'switched'])
    expect(finished).toBe(3)
  })

  test('a failure that a retry cannot cure is thrown at once', async () => {
    let bodies = 0

    const failing = inTransaction(db, { name: 'test', random }, async (tx) => {
      bodies += 1
      await tx.query('/* test */ select 1 / 0')
    })

    await expect(failing.catch(sqlState)).resolves.toBe('22012')
    expect(bodies).toBe(1)
  })

  test('retries are bounded', async () => {
    let bodies = 0

    const failing = inTransaction(db, { name: 'test', random, attemptsMax: 3 }, async (tx) => {
      bodies += 1
      await tx.query(`/* test */ do $$ begin raise exception 'conflict' using errcode = '40001'; end $$`)
    })

    await expect(failing.catch(sqlState)).resolves.toBe('40001')
    expect(bodies).toBe(3)
  })

  test('what ran again is counted apart from what was committed', async () => {
    const before = transactionStatistics()
    let first = true

    await inTransaction(db, { name: 'test', random }, async (tx) => {
      if (!first) return
      first = false
      await tx.query(`/* test */ do $$ begin raise exception 'deadlock' using errcode = '40P01'; end $$`)
    })

    const after = transactionStatistics()
    expect([after.committed - before.committed, after.aborted - before.aborted]).toEqual([1, 1])
  })
})

describe('a commit without an answer', () => {
  /** Waits until one backend of this database is inside COMMIT, and ends it. */
  async function killCommitting(): Promise<void> {
    await eventually(
      async () => {
        const rows = await readQuery<{ ended: boolean }>(
          db,
          `/* test */ select pg_terminate_backend(pid) as ended from pg_stat_activity
           where datname = current_database() and wait_event = 'advisory' and query = '/* db.commit */ select 1; commit'`,
        )
        return rows.length > 0
      },
      { what: 'a backend waiting inside COMMIT' },
    )
  }

  test('is AmbiguousCommit, which says that the outcome is unknown, and is not retried', async () => {
    const holder = db.dataSource.createQueryRunner()
    await holder.query('/* test */ select pg_advisory_lock(42)')
    let bodies = 0
    let effects = 0
    try {
      const outcome = inTransaction(db, { name: 'test.ambiguous', accountId: newId() }, async (tx) => {
        bodies += 1
        tx.onCommit(() => {
          effects += 1
        })
        await write(tx, 1, 'wait')
      }).catch((error: unknown) => error)
      await killCommitting()

      const error = await outcome
      expect(error).toBeInstanceOf(AmbiguousCommit)
      expect(error).toMatchObject({ code: 'db.ambiguous-commit', retry: 'unknown-outcome' })
      expect([bodies, effects]).toEqual([1, 0])
    } finally {
      await holder.query('/* test */ select pg_advisory_unlock(42)')
      await holder.release()
    }
  })

  test('leaves the pool usable', async () => {
    await inTransaction(db, { name: 'test' }, (tx) => write(tx, 2))

    expect(await notes()).toEqual([2])
  })

  test('is told apart from a commit that Postgres refused', async () => {
    await readQuery(
      db,
      `/* test */ create table parent (id int primary key);
       create table child (parent_id int references parent deferrable initially deferred)`,
    )

    const refused = inTransaction(db, { name: 'test' }, (tx) =>
      tx.query('/* test */ insert into child values (1)'),
    )

    await expect(refused.catch(sqlState)).resolves.toBe('23503')
  })

  test('a connection that breaks before COMMIT is sent is an ordinary failure: nothing was done', async () => {
    const failing = inTransaction(db, { name: 'test' }, async (tx) => {
      await write(tx, 1)
      const [row] = await tx.query<{ pid: number }>('/* test */ select pg_backend_pid() as pid')
      await readQuery(db, '/* test */ select pg_terminate_backend($1)', [row!.pid])
      await tx.query('/* test */ select 1')
    }).catch((error: unknown) => error)

    const error = await failing
    expect(error).toBeInstanceOf(Error)
    expect(error).not.toBeInstanceOf(AmbiguousCommit)
    expect(await notes()).toEqual([])
  })
})

describe('connections that died while they lay in the pool', () => {
  /** Ends every connection of the pool from another process, while this one can notice nothing, as if it were paused. */
  function endAllWhilePaused(): void {
    const script = `
      const { Client } = (await import('pg')).default
      const client = new Client(process.argv[1])
      await client.connect()
      await client.query('select pg_terminate_backend(pid, 5000) from pg_stat_activity'
        + ' where datname = current_database() and pid <> pg_backend_pid()')
      await client.end()`
    execFileSync(process.execPath, ['--input-type=module', '-e', script, database.url])
  }

  test.each([
    ['with the lock of an account', newId()],
    ['without one', undefined],
  ])('are replaced, %s', async (_how, accountId) => {
    const options = { name: 'test', ...(accountId === undefined ? {} : { accountId }) }
    await Promise.all(Array.from({ length: 6 }, () => readQuery(db, '/* test */ select pg_sleep(0.05)')))
    endAllWhilePaused()

    await Promise.all([1, 2, 3].map((id) => inTransaction(db, options, (tx) => write(tx, id))))

    expect(await notes()).toEqual([1, 2, 3])
  })
})

describe('the lock of an account', () => {
  /** True when nobody holds the lock: another process could take it. */
  async function isFree(accountId: string): Promise<boolean> {
    const other = createDataSource({ url: database.url, poolSize: 1, applicationName: 'test-other' })
    await other.initialize()
    try {
      const [row] = await readQuery<{ taken: boolean }>(
        { dataSource: other },
        '/* test */ select pg_try_advisory_lock(hashtextextended($1, 7)) as taken',
        [accountId],
      )
      return row?.taken === true
    } finally {
      await other.destroy()
    }
  }

  test('is held while the body runs and free afterwards', async () => {
    const accountId = newId()

    await inTransaction(db, { name: 'test', accountId }, async (tx) => {
      expect(tx.lockedAccountId).toBe(accountId)
      expect(await isFree(accountId)).toBe(false)
    })

    expect(await isFree(accountId)).toBe(true)
  })

  test.each([
    ['the body threw', async () => Promise.reject(new Error('broken'))],
    ['a statement failed', async (tx: Tx) => tx.query('/* test */ select 1 / 0')],
    [
      'the sentinel found a swallowed error',
      async (tx: Tx) => tx.query('/* test */ select 1 / 0').catch(() => undefined),
    ],
  ])('is free after %s', async (_what, body: (tx: Tx) => Promise<unknown>) => {
    const accountId = newId()

    await expect(inTransaction(db, { name: 'test', accountId }, body)).rejects.toThrow()

    expect(await isFree(accountId)).toBe(true)
    await inTransaction(db, { name: 'test', accountId }, (tx) => write(tx, 1))
  })

  test('is free after the connection broke', async () => {
    const accountId = newId()

    const broken = inTransaction(db, { name: 'test', accountId }, async (tx) => {
      const [row] = await tx.query<{ pid: number }>('/* test */ select pg_backend_pid() as pid')
      await readQuery(db, '/* test */ select pg_terminate_backend($1)', [row!.pid])
      await tx.query('/* test */ select 1')
    })

    await expect(broken).rejects.toThrow()
    await eventually(() => isFree(accountId), { what: 'the lock' })
    await inTransaction(db, { name: 'test', accountId }, (tx) => write(tx, 1))
  })

  // A machine that loses power between taking the lock and BEGIN says nothing to Postgres, whose connection stays open.
  test('is free again soon after its holder vanished outside of a transaction', async () => {
    const accountId = newId()
    const vanished = db.dataSource.createQueryRunner()
    await vanished.query('/* test */ select pg_advisory_lock(hashtextextended($1, 7))', [accountId])

    await eventually(
      () => inTransaction(db, { name: 'test', accountId }, (tx) => write(tx, 1)).then(() => true),
      { timeoutMs: 40_000, what: 'the lock of a holder that says nothing' },
    )

    expect(await notes()).toEqual([1])
    await vanished.release().catch(() => undefined)
  }, 60_000)

  test('lets one transaction of an account run at a time, in the order of arrival, without a conflict', async () => {
    const accountId = newId()
    await readQuery(db, `/* test */ insert into note values (1, '0')`)
    const before = transactionStatistics().aborted
    let inside = 0
    const started: number[] = []

    await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        inTransaction(db, { name: 'test', accountId }, async (tx) => {
          inside += 1
          started.push(n)
          expect(inside).toBe(1)
          const [row] = await tx.query<{ text: string }>('/* test */ select text from note where id = 1')
          await tx.query('/* test */ update note set text = $1 where id = 1', [String(Number(row!.text) + 1)])
          inside -= 1
        }),
      ),
    )

    expect(await readQuery(db, '/* test */ select text from note')).toEqual([{ text: '40' }])
    expect(transactionStatistics().aborted).toBe(before)
    expect(started).toEqual([...started].sort((left, right) => left - right))
  })

  test('of one account does not make another account wait', async () => {
    const [first, second] = [newId(), newId()]

    await inTransaction(db, { name: 'test', accountId: first }, async () => {
      // From outside this transaction's call chain, as another request of the process would.
      await new Promise<void>((resolve, reject) => {
        outside(() =>
          inTransaction(db, { name: 'test', accountId: second }, (tx) => write(tx, 1)).then(
            () => resolve(),
            reject,
          ),
        )
      })
    })

    expect(await notes()).toEqual([1])
  })
})

/** Runs a function on a stack that was made before any transaction began. */
const waiting: (() => void)[] = []
const outsideTimer = setInterval(() => waiting.splice(0).forEach((run) => run()), 5)
function outside(run: () => unknown): void {
  waiting.push(run)
}
afterAll(() => clearInterval(outsideTimer))

describe('calls that do not belong inside', () => {
  test('a network call inside a transaction is refused, by name', async () => {
    const calling = inTransaction(db, { name: 'test.calls', accountId: newId() }, async () => {
      await Promise.resolve()
      assertNoTransaction()
    })

    await expect(calling).rejects.toThrow('network call while transaction test.calls is open')
  })

  test('a network call before and after a transaction is fine', async () => {
    assertNoTransaction()
    await inTransaction(db, { name: 'test' }, async () => undefined)
    assertNoTransaction()
  })

  test('a transaction inside a transaction is refused', async () => {
    await expect(
      inTransaction(db, { name: 'outer' }, () => inTransaction(db, { name: 'inner' }, async () => undefined)),
    ).rejects.toThrow('outer')
  })
})

describe('effects', () => {
  test('run in order after the commit, when others can see what was written', async () => {
    const seen: unknown[] = []

    await inTransaction(db, { name: 'test' }, async (tx) => {
      tx.onCommit(() => seen.push('first'))
      tx.onCommit(() => {
        assertNoTransaction()
        seen.push('second')
      })
      await write(tx, 1)
      expect(seen).toEqual([])
    })

    expect(seen).toEqual(['first', 'second'])
    expect(await notes()).toEqual([1])
  })

  test('of a body that was rolled back never run', async () => {
    let effects = 0

    await inTransaction(db, { name: 'test' }, async (tx) => {
      tx.onCommit(() => (effects += 1))
      throw new Error('broken')
    }).catch(() => undefined)

    expect(effects).toBe(0)
  })

  test('of a body that ran twice run once', async () => {
    let effects = 0
    let first = true

    await inTransaction(db, { name: 'test', random }, async (tx) => {
      tx.onCommit(() => (effects += 1))
      if (!first) return
      first = false
      await tx.query(`/* test */ do $$ begin raise exception 'conflict' using errcode = '40001'; end $$`)
    })

    expect(effects).toBe(1)
  })
})
