import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { childEnvironment } from '../environment.js'

export interface ProcessOptions {
  /** For messages: "the program". */
  name: string
  /** Absolute path of the compiled entry. */
  script: string
  args?: readonly string[]
  env?: Readonly<Record<string, string>>
  /** Its output goes here, appended. */
  logFile: string
}

export interface RunningProcess {
  name: string
  pid: number
  script: string
  logFile: string
  /** Settles when the process has ended, with how. */
  ended: Promise<string>
  /** SIGTERM, then SIGKILL after the grace period. */
  stop(graceMs: number): Promise<void>
  kill(signal: NodeJS.Signals): void
}

/**
 * Starts a Node process of ours in a process group of its own, so that Ctrl-C reaches only the command, which then
 * stops everything in order. The process ends by itself when the command is gone.
 */
export function startProcess(options: ProcessOptions): RunningProcess {
  fs.mkdirSync(path.dirname(options.logFile), { recursive: true })
  const log = fs.openSync(options.logFile, 'a')
  const follow = new URL('./follow-parent.js', import.meta.url).href
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', '--import', follow, options.script, ...(options.args ?? [])],
    {
      env: childEnvironment(options.env ?? {}),
      stdio: ['ignore', log, log, 'ipc'],
      detached: true,
    },
  )
  fs.closeSync(log)
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => {
      resolve(error.message)
    })
    child.once('exit', (code, signal) => {
      resolve(signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`)
    })
  })
  return {
    name: options.name,
    pid: child.pid ?? -1,
    script: options.script,
    logFile: options.logFile,
    ended,
    kill: (signal) => child.kill(signal),
    stop: async (graceMs) => {
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs)
      await ended
      clearTimeout(timer)
    },
  }
}

/** The last lines that a process wrote, for the message about its end. */
export function endOfLog(file: string, lines = 15): string {
  if (!fs.existsSync(file)) return '(nothing was written)'
  return fs.readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n')
}
