import path from 'node:path'
import { checkoutRoot } from '../../src/local/checkout.js'
import { startProcess, type RunningProcess } from '../../src/local/processes/start-process.js'
import { pause, until } from './waiting.js'

/** Where one of our processes listens and what it is started with. */
export interface SlotOptions {
  name: string
  port: number
  env: Readonly<Record<string, string>>
  logFile: string
  /** Below dist; the program unless said otherwise. */
  script?: string
  args?: readonly string[]
}

/** A place in the installation that is never empty for long: whatever ends the process in it, another one is started. */
export interface Slot {
  readonly name: string
  readonly port: number
  /** Ends the process without a word. */
  kill(): void
  /** Has it stand still, and go on afterwards as if nothing had happened. */
  stall(lastsMs: number): Promise<void>
  /** For good. */
  close(): Promise<void>
}

const RESTART_PAUSE_MS = 200
const DRAIN_GRACE_MS = 15_000
const READY_TIMEOUT_MS = 60_000

export function keepRunning(options: SlotOptions): Slot {
  let current: RunningProcess | null = null
  let closing = false
  const running = (async () => {
    while (!isClosing()) {
      current = launch(options)
      await current.ended
      await pause(RESTART_PAUSE_MS)
    }
  })()
  function isClosing(): boolean {
    return closing
  }
  return {
    name: options.name,
    port: options.port,
    kill: () => current?.kill('SIGKILL'),
    stall: async (lastsMs) => {
      const victim = current
      victim?.kill('SIGSTOP')
      await pause(lastsMs)
      victim?.kill('SIGCONT')
    },
    close: async () => {
      closing = true
      current?.kill('SIGCONT')
      await current?.stop(DRAIN_GRACE_MS)
      await running
    },
  }
}

export function launch({ name, port, env, logFile, script, args }: SlotOptions): RunningProcess {
  return startProcess({
    name,
    script: path.join(checkoutRoot(), 'dist', script ?? 'src/main.js'),
    args: args ?? [],
    env: { ...env, PORT: String(port) },
    logFile,
  })
}

/** True when it answers that it is ready, false when it ended or took too long. */
export async function becomesReady(port: number, ended: Promise<unknown> | null): Promise<boolean> {
  const state = { hasEnded: false }
  void ended?.then(() => (state.hasEnded = true))
  const isReady = (): Promise<boolean> =>
    fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(
      (answer) => answer.ok,
      () => false,
    )
  let wasReady = false
  await until(
    async () => {
      wasReady = await isReady()
      return wasReady || state.hasEnded
    },
    { timeoutMs: READY_TIMEOUT_MS, intervalMs: 100 },
  )
  return wasReady
}
