import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pause } from '../../kernel/pause.js'
import { checkoutRoot } from '../../local/checkout.js'
import { choosePort } from '../../local/choose-port.js'
import { localAccount } from '../../local/carrier/options.js'
import { localPayments } from '../../local/payments/options.js'
import { startEmbeddedPostgres } from '../../local/postgres/embedded-postgres.js'
import { ProcessGroup } from '../../local/processes/process-group.js'
import type { RunningProcess } from '../../local/processes/start-process.js'
import { migrateUp } from '../database.js'

/** A whole installation for one run: database, carrier, payments, one API and two workers, each a process of its own. */
export interface DemoStack {
  address: string
  databaseUrl: string
  carrierUrl: string
  workers: RunningProcess[]
  /** What every process of it is started with. */
  environment: Readonly<Record<string, string>>
  /** What to read when something went wrong. */
  lastWords(): string
  close(): Promise<void>
}

const READY_TIMEOUT_MS = 60_000
const DRAIN_GRACE_MS = 30_000

/** The protocol as in production, its waiting times shortened so that an unknown outcome is settled in seconds. */
const hurried = {
  SEND_CONCURRENCY: '100',
  SEND_BATCH_SIZE: '100',
  CARRIER_TIMEOUT_SECONDS: '1.5',
  CREDENTIAL_TTL_SECONDS: '4',
  CLOCK_SKEW_SECONDS: '0.3',
  LIST_LAG_SECONDS: '1',
  SWEEP_INTERVAL_SECONDS: '0.5',
  RETRY_FIRST_SECONDS: '1',
  LOG_LEVEL: 'info',
}

const carrierBehaviour = {
  latencyMs: { min: 10, max: 40 },
  tokenTtlMs: 4_000,
  listLagMs: { min: 0, max: 400 },
}

export async function openStack(say: (line: string) => void): Promise<DemoStack> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-demo-'))
  fs.chmodSync(home, 0o755)
  const group = new ProcessGroup(path.join(home, 'running.json'), path.join('commands', 'demo.js'))
  const postgres = await startEmbeddedPostgres({
    directory: path.join(home, 'postgres'),
    database: 'tollgate',
    report: say,
  })
  await migrateUp(postgres.url)
  const apiPort = await choosePort(undefined)
  const address = `http://127.0.0.1:${String(apiPort)}`
  const carrierUrl = await startCarrier(group, home, address)
  const paymentsUrl = await startPayments(group, home, address)
  const environment = {
    ...hurried,
    DATABASE_URL: postgres.url,
    PUBLIC_BASE_URL: address,
    HOST: '127.0.0.1',
    SESSION_SECRET: 'only-for-the-demo',
    TWILIO_ACCOUNT_SID: localAccount.accountSid,
    TWILIO_AUTH_TOKEN: localAccount.authToken,
    TWILIO_FROM: localAccount.from,
    TWILIO_MESSAGING_SERVICE_SID: '',
    TWILIO_OAUTH_CLIENT_ID: localAccount.oauthClientId,
    TWILIO_OAUTH_CLIENT_SECRET: localAccount.oauthClientSecret,
    TWILIO_API_BASE_URL: carrierUrl,
    STRIPE_SECRET_KEY: localPayments.secretKey,
    STRIPE_WEBHOOK_SECRET: localPayments.webhookSecret,
    STRIPE_WEBHOOK_SECRET_SECONDARY: '',
    STRIPE_API_BASE_URL: paymentsUrl,
    MONGODB_URL: '',
  }
  await startRole(group, home, 'api', apiPort, environment)
  const workers: RunningProcess[] = []
  for (const name of ['worker-1', 'worker-2']) {
    workers.push(
      await startRole(group, home, name, await choosePort(undefined), { ...environment, ROLE: 'worker' }),
    )
  }
  return {
    address,
    carrierUrl,
    workers,
    environment,
    databaseUrl: postgres.url,
    lastWords: () => group.lastWords(),
    close: async () => {
      await group.stopAll(DRAIN_GRACE_MS)
      await postgres.stop()
      fs.rmSync(home, { recursive: true, force: true })
    },
  }
}

async function startCarrier(group: ProcessGroup, home: string, address: string): Promise<string> {
  const port = await choosePort(undefined)
  const behaviourFile = path.join(home, 'carrier.json')
  fs.writeFileSync(behaviourFile, JSON.stringify(carrierBehaviour))
  const carrier = group.start({
    name: 'the local carrier',
    script: compiled('local/carrier/main.js'),
    args: [
      ...['--port', String(port), '--config', behaviourFile],
      ...[
        '--record',
        path.join(home, 'carrier-record.jsonl'),
        '--inbound-url',
        `${address}/webhooks/twilio/inbound`,
      ],
    ],
    logFile: path.join(home, 'carrier.log'),
  })
  const url = `http://127.0.0.1:${String(port)}`
  await untilReady(carrier, `${url}/control/summary`)
  return url
}

async function startPayments(group: ProcessGroup, home: string, address: string): Promise<string> {
  const port = await choosePort(undefined)
  const payments = group.start({
    name: 'the local payments',
    script: compiled('local/payments/main.js'),
    args: ['--port', String(port), '--webhook-url', `${address}/webhooks/stripe`],
    logFile: path.join(home, 'payments.log'),
  })
  const url = `http://127.0.0.1:${String(port)}`
  await untilReady(payments, `${url}/control/summary`)
  return url
}

async function startRole(
  group: ProcessGroup,
  home: string,
  name: string,
  port: number,
  environment: Readonly<Record<string, string>>,
): Promise<RunningProcess> {
  const started = group.start({
    name,
    script: compiled('main.js'),
    env: { ROLE: 'api', ...environment, PORT: String(port) },
    logFile: path.join(home, `${name}.log`),
  })
  await untilReady(started, `http://127.0.0.1:${String(port)}/readyz`)
  return started
}

async function untilReady(started: RunningProcess, url: string): Promise<void> {
  const deadline = performance.now() + READY_TIMEOUT_MS
  const end: { how?: string } = {}
  void started.ended.then((how) => (end.how = how))
  while (performance.now() < deadline) {
    if (end.how !== undefined) throw new Error(`${started.name} ended while it was starting (${end.how})`)
    const ready = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    )
    if (ready) return
    await pause(100)
  }
  throw new Error(`${started.name} was not ready in time`)
}

function compiled(entry: string): string {
  return path.join(checkoutRoot(), 'dist', 'src', entry)
}
