import { mkdtempSync, rmSync } from 'node:fs'
import { spawn, type ChildProcess } from 'node:child_process'
import os from 'node:os'
import path from 'node:path'
import { migrateUp } from '../src/commands/database.js'
import { seedDemoData } from '../src/commands/start/seed-demo-data.js'
import { localAccount } from '../src/local/carrier/options.js'
import { startLocalCarrier } from '../src/local/carrier/start-local-carrier.js'
import { checkoutRoot } from '../src/local/checkout.js'
import { choosePort } from '../src/local/choose-port.js'
import { startEmbeddedPostgres } from '../src/local/postgres/embedded-postgres.js'
import { pause } from '../src/kernel/pause.js'
import { startProxy, type Proxy } from '../chaos/stage/proxy.js'

export interface Stack {
  readonly address: string
  /** Stands between the program and its database. */
  readonly postgres: Proxy
  /** A phone texts the sender of the demo. */
  text(from: string, body: string): void
  stop(): Promise<void>
}

const READY_MS_MAX = 120_000
const STOP_MS_MAX = 40_000

/**
 * `npm start` as anybody would, with a port and a folder of its own; and a carrier and a database within reach, so that phones
 * can text and the database can go away.
 */
export async function startStack(environment: Record<string, string>): Promise<Stack> {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'tollgate-browser-'))
  const port = await choosePort(undefined)
  const address = `http://127.0.0.1:${String(port)}`
  const { accountSid, authToken, oauthClientId, oauthClientSecret, from: sender } = localAccount
  const carrier = await startLocalCarrier({
    accountSid,
    authToken,
    oauthClients: [{ clientId: oauthClientId, clientSecret: oauthClientSecret }],
    behaviour: { inboundUrl: `${address}/webhooks/twilio/inbound` },
  })
  const database = await startEmbeddedPostgres({ directory: path.join(directory, 'postgres') })
  const postgres = await startProxy(() => database.port)
  const databaseUrl = new URL(database.url)
  databaseUrl.port = String(postgres.port)
  // A database that is given gets no demo people by itself.
  await migrateUp(database.url)
  await seedDemoData(database.url, () => undefined, directory)
  const installation = await startInstallation(directory, port, {
    DATABASE_URL: databaseUrl.href,
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_FROM: sender,
    TWILIO_OAUTH_CLIENT_ID: oauthClientId,
    TWILIO_OAUTH_CLIENT_SECRET: oauthClientSecret,
    TWILIO_API_BASE_URL: carrier.url,
    ...environment,
  })
  return {
    address,
    postgres,
    text: (from, body) => {
      carrier.control.text({ from, to: sender, body })
    },
    stop: async () => {
      await installation.stop()
      await carrier.stop()
      await postgres.close()
      await database.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

export interface Installation {
  readonly address: string
  stop(): Promise<void>
}

/**
 * `npm start` with everything that it keeps in this folder. What it needs and is not given, it starts itself. The launcher is a
 * command that starts the rest of its line.
 */
export async function startInstallation(
  directory: string,
  port: number,
  environment: Record<string, string>,
  launcher: readonly string[] = [],
): Promise<Installation> {
  const address = `http://127.0.0.1:${String(port)}`
  const script = path.join(checkoutRoot(), 'dist', 'src', 'commands', 'start.js')
  const line = [...launcher, process.execPath, '--enable-source-maps', script]
  const child = spawn(line[0] ?? process.execPath, line.slice(1), {
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
  })
  await untilReady(child, `${address}/readyz`)
  return { address, stop: () => end(child) }
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
