import type { Clock } from '../../kernel/clock.js'
import type { Db } from './data-source.js'
import { readQuery } from './transaction.js'

/** Of what clocks may differ (`CLOCK_SKEW_SECONDS`) half is the carrier's and half is ours. */
export function isClockRight(offMs: number, clockSkewMs: number): boolean {
  return offMs <= clockSkewMs / 2
}

/** Milliseconds that this process's clock is off the database's at least; 0 when the question itself took as long as they differ. */
export async function clockOffsetMs(db: Db, clock: Clock): Promise<number> {
  const askedMs = clock.now().toMillis()
  const [row] = await readQuery<{ at: Date }>(db, '/* platform.clockOffset */ select clock_timestamp() as at')
  const answeredMs = clock.now().toMillis()
  const atMs = row?.at.getTime() ?? askedMs
  return Math.max(0, askedMs - atMs, atMs - answeredMs)
}
