import fs from 'node:fs'
import path from 'node:path'
import { pause } from '../../kernel/pause.js'
import { runBinary } from '../postgres/run-binary.js'

export interface RecordedProcess {
  name: string
  pid: number
  /** Path of what it runs: a process id alone may belong to somebody else by now. */
  script: string
}

export interface RunRecord {
  starter: RecordedProcess
  address: string
  processes: RecordedProcess[]
}

const WAIT_TRIES_MAX = 150
const WAIT_MS = 100

export function readRunRecord(file: string): RunRecord | null {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as RunRecord
  } catch {
    // Missing, or cut off by a crash while it was written: then there is nothing to go by.
    return null
  }
}

export function writeRunRecord(file: string, record: RunRecord): void {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}`
  fs.writeFileSync(draft, JSON.stringify(record))
  fs.renameSync(draft, file)
}

export function removeRunRecord(file: string): void {
  fs.rmSync(file, { force: true })
}

/** Whether the recorded process still runs, and still is what was recorded. */
export async function isRunning(recorded: RecordedProcess): Promise<boolean> {
  if (recorded.pid <= 0) return false
  return (await commandLine(recorded.pid)).includes(recorded.script)
}

/**
 * Ends what a killed starter left behind. They notice by themselves and drain; this waits for that, and forces the
 * ones that hang. Touches no process that it cannot recognise.
 */
export async function endOrphans(record: RunRecord): Promise<string[]> {
  const ended: string[] = []
  for (const orphan of record.processes) {
    if (!(await isRunning(orphan))) continue
    signal(orphan.pid, 'SIGTERM')
    for (let attempt = 0; attempt < WAIT_TRIES_MAX && (await isRunning(orphan)); attempt += 1)
      await pause(WAIT_MS)
    if (await isRunning(orphan)) signal(orphan.pid, 'SIGKILL')
    ended.push(orphan.name)
  }
  return ended
}

async function commandLine(pid: number): Promise<string> {
  if (process.platform !== 'linux')
    return (await runBinary('ps', ['-p', String(pid), '-o', 'command='])).output
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // Gone in the meantime, which is what we wanted.
  }
}
