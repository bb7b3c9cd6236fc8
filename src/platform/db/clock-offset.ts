import type { Clock } from '../../kernel/clock.js'
import type { Db } from './data-source.js'
import { readQuery } from './transaction.js'

/** Milliseconds that this process's clock is off the database's at least; 0 when the question itself took as long as they differ. */
export async function clockOffsetMs(db: Db, clock: Clock): Promise<number> {
  const askedMs = clock.now().toMillis()
  const [row] = await readQuery<{ at: Date }>(db, '/* platform.clockOffset */ select clock_timestamp() as at')
  const answeredMs = clock.now().toMillis()
  const atMs = row?.at.getTime() ?? askedMs
  return Math.max(0, askedMs - atMs, atMs - answeredMs)
}
