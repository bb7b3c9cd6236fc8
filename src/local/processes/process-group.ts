import { endOrphans, isRunning, readRunRecord, removeRunRecord, writeRunRecord } from './run-record.js'
import { endOfLog, startProcess, type ProcessOptions, type RunningProcess } from './start-process.js'

export interface EndedProcess {
  process: RunningProcess
  how: string
}

/**
 * The processes of one command, recorded in a file: only one such command runs at a time, and what a killed one left
 * behind is ended by the next.
 */
export class ProcessGroup {
  private readonly processes: RunningProcess[] = []
  private readonly ends: Promise<EndedProcess>[] = []
  private readonly recordFile: string
  private readonly starterScript: string
  private address = ''

  constructor(recordFile: string, starterScript: string) {
    this.recordFile = recordFile
    this.starterScript = starterScript
  }

  /** Returns the address of the command that already runs, or null when the place is ours now. */
  async takeOver(report: (line: string) => void): Promise<string | null> {
    const before = readRunRecord(this.recordFile)
    if (before) {
      if (before.starter.pid !== process.pid && (await isRunning(before.starter))) return before.address
      const ended = await endOrphans(before)
      if (ended.length > 0) report(`Ended what the last run left behind: ${ended.join(', ')}.`)
    }
    this.record()
    return null
  }

  /** Where people reach this run; shown to whoever starts a second one. */
  publish(address: string): void {
    this.address = address
    this.record()
  }

  start(options: ProcessOptions): RunningProcess {
    const started = startProcess(options)
    this.processes.push(started)
    this.ends.push(started.ended.then((how) => ({ process: started, how })))
    this.record()
    return started
  }

  /** The first process that ends, whoever caused it. */
  firstEnd(): Promise<EndedProcess> {
    return Promise.race(this.ends)
  }

  /** In the reverse order of starting, each with time to drain. */
  async stopAll(graceMs: number): Promise<void> {
    for (const running of [...this.processes].reverse()) await running.stop(graceMs)
    removeRunRecord(this.recordFile)
  }

  killAll(): void {
    for (const running of this.processes) running.kill('SIGKILL')
    removeRunRecord(this.recordFile)
  }

  /** The end of what each process wrote. */
  lastWords(): string {
    return this.processes.map(({ logFile }) => `${logFile}:\n${endOfLog(logFile)}`).join('\n\n')
  }

  private record(): void {
    writeRunRecord(this.recordFile, {
      starter: { name: 'the command', pid: process.pid, script: this.starterScript },
      address: this.address,
      processes: this.processes.map(({ name, pid, script }) => ({ name, pid, script })),
    })
  }
}
