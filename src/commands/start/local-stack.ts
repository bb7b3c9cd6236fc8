import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { pause } from '../../kernel/pause.js'
import { readEnv } from '../../config/env.js'
import { localAccount } from '../../local/carrier/options.js'
import { localPayments } from '../../local/payments/options.js'
import { checkoutRoot } from '../../local/checkout.js'
import { choosePort, isFree } from '../../local/choose-port.js'
import { isGiven, localStateDirectory } from '../../local/environment.js'
import { say } from '../../local/print.js'
import type { ProcessGroup } from '../../local/processes/process-group.js'
import type { RunningProcess } from '../../local/processes/start-process.js'

const CARRIER_PORT_PREFERRED = 4010
const PAYMENTS_PORT_PREFERRED = 4011
const READY_TIMEOUT_MS = 60_000
const READY_INTERVAL_MS = 100

export interface Carrier {
  isLocal: boolean
  /** What the program needs to talk to it. */
  env: Readonly<Record<string, string>>
}

/** The carrier that the environment names, else a local one as a process of its own that remembers across runs. */
export async function startCarrier(
  group: ProcessGroup,
  options: { publicUrl: string },
  signal: AbortSignal,
): Promise<Carrier> {
  const env = readEnv()
  if (env.TWILIO_ACCOUNT_SID !== undefined && env.TWILIO_AUTH_TOKEN !== undefined)
    return { isLocal: false, env: {} }
  say('Starting the local carrier …')
  const port = await choosePort(CARRIER_PORT_PREFERRED)
  const url = `http://127.0.0.1:${port}`
  const carrier = group.start({
    name: 'the local carrier',
    script: compiled('local/carrier/main.js'),
    args: [
      ...['--port', String(port), '--inbound-url', `${options.publicUrl}/webhooks/twilio/inbound`],
      ...['--record', path.join(localStateDirectory(), 'carrier-record.jsonl')],
    ],
    logFile: logFile('carrier'),
  })
  await untilReady(carrier, `${url}/control/summary`, signal)
  return {
    isLocal: true,
    env: {
      TWILIO_ACCOUNT_SID: localAccount.accountSid,
      TWILIO_AUTH_TOKEN: localAccount.authToken,
      TWILIO_FROM: localAccount.from,
      TWILIO_MESSAGING_SERVICE_SID: '',
      TWILIO_OAUTH_CLIENT_ID: localAccount.oauthClientId,
      TWILIO_OAUTH_CLIENT_SECRET: localAccount.oauthClientSecret,
      TWILIO_API_BASE_URL: url,
    },
  }
}

export interface Payments {
  isLocal: boolean
  /** What the program needs to talk to it. */
  env: Readonly<Record<string, string>>
}

/** The payment provider that the environment names, else a local one as a process of its own that remembers across runs. */
export async function startPayments(
  group: ProcessGroup,
  options: { publicUrl: string },
  signal: AbortSignal,
): Promise<Payments> {
  if (readEnv().STRIPE_SECRET_KEY !== undefined) return { isLocal: false, env: {} }
  say('Starting the local payments …')
  const port = await choosePort(PAYMENTS_PORT_PREFERRED)
  const url = `http://127.0.0.1:${port}`
  const payments = group.start({
    name: 'the local payments',
    script: compiled('local/payments/main.js'),
    args: [
      ...['--port', String(port), '--webhook-url', `${options.publicUrl}/webhooks/stripe`],
      ...['--state', path.join(localStateDirectory(), 'payments.json')],
    ],
    logFile: logFile('payments'),
  })
  await untilReady(payments, `${url}/control/summary`, signal)
  return {
    isLocal: true,
    env: {
      STRIPE_SECRET_KEY: localPayments.secretKey,
      STRIPE_WEBHOOK_SECRET: localPayments.webhookSecret,
      STRIPE_WEBHOOK_SECRET_SECONDARY: '',
      STRIPE_API_BASE_URL: url,
    },
  }
}

export interface ProgramOptions {
  databaseUrl: string
  port: number
  address: string
  carrier: Carrier
  payments: Payments
}

/** Starts every role in one process, or the one that ROLE names, and waits until it is ready. */
export async function startProgram(
  group: ProcessGroup,
  { databaseUrl, port, address, carrier, payments }: ProgramOptions,
  signal: AbortSignal,
): Promise<void> {
  say('Starting the program …')
  const env = readEnv()
  const program = group.start({
    name: 'the program',
    script: compiled('main.js'),
    env: {
      ROLE: env.ROLE,
      // The demo data has a password that everybody knows: other machines reach it only when HOST says so.
      HOST: isGiven('HOST') ? env.HOST : '127.0.0.1',
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      PUBLIC_BASE_URL: env.PUBLIC_BASE_URL ?? address,
      SESSION_SECRET: env.SESSION_SECRET ?? localSecret(),
      // Only where it is not reached from outside: receivers under development stand on this machine.
      WEBHOOK_PRIVATE_TARGETS: env.WEBHOOK_PRIVATE_TARGETS ?? (isGiven('HOST') ? 'off' : 'on'),
      ...carrier.env,
      ...payments.env,
    },
    logFile: logFile('tollgate'),
  })
  await untilReady(program, `${address}/readyz`, signal)
}

/** The configured port or, when something else has it, a free one. PORT=0 asks for any free one. */
export async function choosePublicPort(): Promise<number> {
  const { PORT: wanted } = readEnv()
  if (wanted !== 0 && (await isFree(wanted))) return wanted
  const port = await choosePort(undefined)
  if (wanted !== 0) say(`Port ${wanted} is taken; using ${port}.`)
  return port
}

/** Waits until the address answers well. Throws when the process ends first, or takes too long. */
async function untilReady(started: RunningProcess, url: string, signal: AbortSignal): Promise<void> {
  const end: { how?: string } = {}
  void started.ended.then((how) => (end.how = how))
  for (let waitedMs = 0; waitedMs < READY_TIMEOUT_MS; waitedMs += READY_INTERVAL_MS) {
    signal.throwIfAborted()
    if (end.how !== undefined) throw new Error(`${started.name} ended while it was starting (${end.how}).`)
    if (await answersWell(url)) return
    await pause(READY_INTERVAL_MS)
  }
  throw new Error(`${started.name} was not ready after ${READY_TIMEOUT_MS / 1000} s.`)
}

async function answersWell(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok
  } catch {
    return false
  }
}

/** Made once for this checkout, so that sessions survive a restart. */
function localSecret(): string {
  const file = path.join(localStateDirectory(), 'session-secret')
  if (!fs.existsSync(file)) {
    fs.mkdirSync(path.dirname(file), { recursive: true })
    fs.writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 })
  }
  return fs.readFileSync(file, 'utf8')
}

function compiled(entry: string): string {
  return path.join(checkoutRoot(), 'dist', 'src', entry)
}

function logFile(name: string): string {
  return path.join(localStateDirectory(), 'logs', `${name}.log`)
}
