import { spawn } from 'node:child_process'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { systemClock } from '../../src/kernel/clock.js'
import type { CampaignId } from '../../src/kernel/ids.js'
import type { BehaviourPatch } from '../../src/local/carrier/options.js'
import { localAccount } from '../../src/local/carrier/options.js'
import { startLocalCarrier, type LocalCarrier } from '../../src/local/carrier/start-local-carrier.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { explainFailure, measureSegments } from '../../src/slices/carrier/index.js'
import type { CampaignWorld } from '../campaigns/campaign-world.js'
import { createTestDatabase, type TestDatabase } from './database.js'
import { eventually } from './eventually.js'
import { fixedClock } from './fixed-clock.js'

/** One process of the compiled program. */
export interface ProgramProcess {
  pid: number
  /** Where it answers: the API, or only about its health. */
  url: string
  kill(signal: NodeJS.Signals): void
  /** Exit code, or the signal that ended it. */
  ended: Promise<number | string>
  /** What it has logged so far. */
  output(): string
}

/** A database, the carrier behind HTTP, and the compiled program as processes of its own, as many as a test starts. */
export interface Installation extends CampaignWorld {
  carrier: LocalCarrier
  /** What its processes are started with, for commands beside them. */
  env: Readonly<Record<string, string>>
  /** Resolves when the process is ready, or has died at its CRASH_AT. Variables given here win over those of the installation. */
  startApi(env?: Record<string, string>): Promise<ProgramProcess>
  startWorker(env?: Record<string, string>): Promise<ProgramProcess>
  stop(): Promise<void>
}

export interface InstallationOptions {
  behaviour?: BehaviourPatch
  /** For every process. */
  env?: Record<string, string>
  /** Instead of a database and a carrier of its own; whoever made them ends them. */
  database?: TestDatabase
  carrier?: LocalCarrier
}

const root = path.resolve(import.meta.dirname, '..', '..')
const compiled = (entry: string): string => path.join(root, 'dist', 'src', entry)

/** Delivery reports go nowhere unless the test starts an API and says where it is (PUBLIC_BASE_URL). */
export async function anInstallation(options: InstallationOptions = {}): Promise<Installation> {
  const database = options.database ?? (await createTestDatabase({ poolSize: 5 }))
  const carrier =
    options.carrier ?? (await startLocalCarrier({ seed: 7, behaviour: options.behaviour ?? {} }))
  const processes: ProgramProcess[] = []
  const env = { ...environment(database.url, carrier.url), ...options.env }
  const clock = fixedClock(systemClock.now().toISO())
  const start = (role: 'api' | 'worker', extra: Record<string, string> = {}): Promise<ProgramProcess> => {
    const started = startProgram({ ...env, ROLE: role, ...extra })
    processes.push(started.process)
    return started.ready()
  }
  return {
    ...database,
    clock,
    deps: { db: database.db, clock, measureSegments, explainFailure, sendRatePerSecond: 100 },
    carrier,
    env,
    startApi: (extra) => start('api', extra),
    startWorker: (extra) => start('worker', extra),
    stop: async () => {
      for (const one of processes) one.kill('SIGKILL')
      await Promise.all(processes.map((one) => one.ended))
      if (options.carrier === undefined) await carrier.stop()
      if (options.database === undefined) await database.drop()
    },
  }
}

/** The protocol as in production, looked at more often; no test waits for a sweep of five seconds. */
function environment(databaseUrl: string, carrierUrl: string): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    DATABASE_POOL_SIZE: '8',
    MONGODB_URL: '',
    HOST: '127.0.0.1',
    PORT: '0',
    PUBLIC_BASE_URL: 'http://127.0.0.1:9',
    LOG_LEVEL: 'info',
    SESSION_SECRET: '',
    TWILIO_ACCOUNT_SID: localAccount.accountSid,
    TWILIO_AUTH_TOKEN: localAccount.authToken,
    TWILIO_FROM: localAccount.from,
    TWILIO_MESSAGING_SERVICE_SID: '',
    TWILIO_OAUTH_CLIENT_ID: '',
    TWILIO_OAUTH_CLIENT_SECRET: '',
    TWILIO_API_BASE_URL: carrierUrl,
    // A machine that runs tests is slow; an answer that comes late is no subject here.
    CARRIER_TIMEOUT_SECONDS: '20',
    CREDENTIAL_TTL_SECONDS: '60',
    SWEEP_INTERVAL_SECONDS: '0.5',
    RETRY_FIRST_SECONDS: '1',
  }
}

/** Workers with a fence: the carrier refuses what arrives after so many seconds. */
export function fencedFor(ttlSeconds: number): Record<string, string> {
  return {
    TWILIO_OAUTH_CLIENT_ID: localAccount.oauthClientId,
    TWILIO_OAUTH_CLIENT_SECRET: localAccount.oauthClientSecret,
    CREDENTIAL_TTL_SECONDS: String(ttlSeconds),
  }
}

/** Ends by itself, as after SIGTERM, when this process is gone. */
function startProgram(env: Record<string, string>): {
  process: ProgramProcess
  ready(): Promise<ProgramProcess>
} {
  const follow = pathToFileURL(compiled('local/processes/follow-parent.js')).href
  const child = spawn(process.execPath, ['--enable-source-maps', '--import', follow, compiled('main.js')], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  })
  let said = ''
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const program: ProgramProcess = {
    pid: child.pid ?? -1,
    url: '',
    kill: (signal) => child.kill(signal),
    ended: new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal ?? ''))),
    output: () => said,
  }
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null
  return {
    process: program,
    ready: async () => {
      const url = await eventually(
        async () => {
          if (hasEnded()) return 'ended'
          const port = /"port":(\d+)/.exec(said)?.[1]
          const address = `http://127.0.0.1:${port ?? ''}`
          return port !== undefined && (await fetch(`${address}/readyz`)).ok && address
        },
        { timeoutMs: 60_000, intervalMs: 100, what: 'the program being ready' },
      )
      // It may meet its crash point before anybody saw that it is ready: work was waiting for it.
      const diedAsPlanned = 'CRASH_AT' in env && child.signalCode === 'SIGKILL'
      if (url === 'ended' && !diedAsPlanned)
        throw new Error(`the program ended while it was starting; it said:\n${said}`)
      if (url !== 'ended') program.url = url
      return program
    },
  }
}

/** Everything that a test asks again and again about a campaign. */
export interface CampaignNow {
  state: string
  pauseReason: string | null
  pending: number
  dispatching: number
  unknown: number
  accepted: number
}

export async function campaignNow(world: CampaignWorld, campaignId: CampaignId): Promise<CampaignNow> {
  const [row] = await readQuery<CampaignNow>(
    world.db,
    `/* test.campaignNow */ select k.state, k.pause_reason as "pauseReason", coalesce(t.pending, 0) as pending,
       coalesce(t.dispatching, 0) as dispatching, coalesce(t.unknown, 0) as unknown, coalesce(t.accepted, 0) as accepted
     from campaign_control k left join message_tally t using (campaign_id) where k.campaign_id = $1`,
    [campaignId],
  )
  if (row === undefined) throw new Error('no such campaign')
  return row
}

/** Until the campaign is completed; says how far it came when it is not. */
export async function completed(
  world: CampaignWorld,
  campaignId: CampaignId,
  timeoutMs: number,
): Promise<CampaignNow> {
  let last: CampaignNow | undefined
  return eventually(
    async () => {
      last = await campaignNow(world, campaignId)
      return last.state === 'completed' ? last : null
    },
    { timeoutMs, intervalMs: 200, what: 'the end of the campaign' },
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}; it stood at ${JSON.stringify(last)}`)
  })
}

/** The places in the frozen order, in the order in which their first attempts took their holds. */
export async function ordinalsAsClaimed(world: CampaignWorld, campaignId: CampaignId): Promise<number[]> {
  const rows = await readQuery<{ ordinal: number }>(
    world.db,
    `/* test.ordinalsAsClaimed */ select m.ordinal from message m join attempt a on a.message_id = m.id and a.n = 1
     join credit_transfer t on t.attempt_id = a.id and t.kind = 'hold'
     where m.campaign_id = $1 group by m.ordinal order by min(t.seq)`,
    [campaignId],
  )
  return rows.map((row) => row.ordinal)
}

/** How many attempts each worker process claimed, by its process id. */
export async function attemptsByProcess(
  world: CampaignWorld,
  campaignId: CampaignId,
): Promise<Map<number, number>> {
  const rows = await readQuery<{ pid: number; attempts: number }>(
    world.db,
    `/* test.attemptsByProcess */ select substring(c.worker from '\\d+$')::int as pid, count(*)::int as attempts
     from claim c join attempt a on a.claim_id = c.id where c.campaign_id = $1 group by 1`,
    [campaignId],
  )
  return new Map(rows.map(({ pid, attempts }) => [pid, attempts]))
}
