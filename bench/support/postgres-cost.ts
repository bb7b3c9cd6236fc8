import fs from 'node:fs'
import path from 'node:path'
import type { Db } from '../../src/platform/db/data-source.js'
import { readQuery } from '../../src/platform/db/transaction.js'

/** Server settings that the figures need; none changes how statements run. */
export const BENCH_EXTENSIONS: Readonly<Record<string, string>> = { track_io_timing: 'off' }

/** Of a Linux system; `getconf CLK_TCK` answers 100 on every one of them. */
const TICKS_PER_SECOND = 100

export interface PostgresCost {
  cpuMicros: number
  walBytes: number
}

/** Processor time of the whole cluster so far, its ended backends included, and the write-ahead log written so far. */
export async function postgresCost(db: Db, clusterDirectory: string): Promise<PostgresCost> {
  const [row] = await readQuery<{ bytes: string }>(
    db,
    `select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') as bytes`,
  )
  return { cpuMicros: clusterCpuMicros(clusterDirectory), walBytes: Number(row?.bytes ?? 0) }
}

function clusterCpuMicros(clusterDirectory: string): number {
  const postmaster = Number(findPidFile(clusterDirectory).split('\n')[0])
  let ticks = 0
  for (const name of fs.readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = readStat(Number(name))
    if (stat === null) continue
    if (stat.pid === postmaster) ticks += stat.own + stat.ended
    else if (stat.parent === postmaster) ticks += stat.own
  }
  return (ticks * 1_000_000) / TICKS_PER_SECOND
}

function findPidFile(directory: string): string {
  for (const candidate of [directory, path.join(directory, 'data')]) {
    const file = path.join(candidate, 'postmaster.pid')
    if (fs.existsSync(file)) return fs.readFileSync(file, 'utf8')
  }
  throw new Error('the cluster has no postmaster.pid')
}

function readStat(pid: number): { pid: number; parent: number; own: number; ended: number } | null {
  try {
    const text = fs.readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
    // Fields after the closing bracket of the command name; see proc(5).
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    return {
      pid,
      parent: fields[1] ?? 0,
      own: (fields[11] ?? 0) + (fields[12] ?? 0),
      ended: (fields[13] ?? 0) + (fields[14] ?? 0),
    }
  } catch {
    return null
  }
}
