import type { Db } from '../db/data-source.js'
import { readQuery } from '../db/transaction.js'

export type Readiness =
  { ready: true } | { ready: false; reason: 'database-unreachable' | 'migrations-pending' }

const ANSWER_MS_MAX = 2_000

/** Whether the database answers within two seconds and has every migration that this program knows. */
export async function checkDatabase(db: Db): Promise<Readiness> {
  const answer = readQuery<{ name: string }>(db, '/* readiness.check */ select name from migration')
  try {
    const rows = await Promise.race([answer, giveUp()])
    const done = new Set(rows.map((row) => row.name))
    const isPending = db.dataSource.migrations.some((migration) => !done.has(migration.name ?? ''))
    return isPending ? { ready: false, reason: 'migrations-pending' } : { ready: true }
  } catch {
    // Whatever the reason is, we cannot do our work now; the caller only needs to know that.
    return { ready: false, reason: 'database-unreachable' }
  }
}

function giveUp(): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => {
      reject(new Error('the database took too long'))
    }, ANSWER_MS_MAX).unref()
  })
}
