import { mkdtempSync, rmSync } from 'node:fs'
import { spawn, type ChildProcess } from 'node:child_process'
import os from 'node:os'
import path from 'node:path'
import { checkoutRoot } from '../src/local/checkout.js'
import { choosePort } from '../src/local/choose-port.js'
import { pause } from '../src/kernel/pause.js'

export interface Stack {
  readonly address: string
  stop(): Promise<void>
}

const READY_MS_MAX = 120_000
const STOP_MS_MAX = 40_000

/** `npm start` as anybody would, with a port and a folder of its own. */
export async function startStack(environment: Record<string, string>): Promise<Stack> {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'tollgate-browser-'))
  const port = await choosePort(undefined)
  const address = `http://127.0.0.1:${String(port)}`
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', path.join(checkoutRoot(), 'dist', 'src', 'commands', 'start.js')],
    {
      cwd: checkoutRoot(),
      stdio: ['ignore', 'ignore', 'inherit'],
      detached: true,
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        PORT: String(port),
        TOLLGATE_STATE_DIRECTORY: directory,
        ...environment,
      },
    },
  )
  await untilReady(child, `${address}/readyz`)
  return {
    address,
    stop: async () => {
      await end(child)
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  const giveUpAt = performance.now() + READY_MS_MAX
  while (performance.now() < giveUpAt) {
    if (child.exitCode !== null) throw new Error('Tollgate ended while it was starting')
    if (await answers(url)) return
    await pause(200)
  }
  await end(child)
  throw new Error('Tollgate was not ready in time')
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok
  } catch {
    return false
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGINT')
  const stopped = await Promise.race([ended.then(() => true), pause(STOP_MS_MAX).then(() => false)])
  if (!stopped) child.kill('SIGKILL')
}
