import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createDataSource, type Db } from '../../src/platform/db/data-source.js'
import { localAccount } from '../../src/local/carrier/options.js'
import { startEmbeddedPostgres } from '../../src/local/postgres/embedded-postgres.js'
import { BENCH_EXTENSIONS } from './postgres-cost.js'

/** A Postgres cluster of its own (fsync on, checkpoints as they come) and a local carrier, each a process of its own. */
export interface Stage {
  db: Db
  databaseUrl: string
  clusterDirectory: string
  carrierUrl: string
  setCarrier(behaviour: Record<string, unknown>): Promise<void>
  /** What reached phones since the last reset, by the carrier's own record. */
  carrierSummary(): Promise<{ accepted: number; distinctPhones: number; duplicates: number }>
  resetCarrier(): Promise<void>
  close(): Promise<void>
}

const here = path.dirname(fileURLToPath(import.meta.url))
const carrierScript = path.resolve(here, '../../src/local/carrier/main.js')

export async function openStage(
  say: (line: string) => void,
  { keepsBodies = false }: { keepsBodies?: boolean } = {},
): Promise<Stage> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-bench-'))
  fs.chmodSync(directory, 0o755)
  const postgres = await startEmbeddedPostgres({
    directory: path.join(directory, 'postgres'),
    database: 'bench',
    settings: { ...BENCH_EXTENSIONS, max_wal_size: '4GB', shared_buffers: '512MB' },
    report: say,
  })
  const dataSource = createDataSource({ url: postgres.url, poolSize: 10, applicationName: 'bench' })
  await dataSource.initialize()
  await dataSource.runMigrations()
  const flags = ['--no-callbacks', '--record-max', keepsBodies ? '200000' : '5000000']
  const carrier = fork(carrierScript, keepsBodies ? flags : [...flags, '--forget-bodies'], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const [listening] = (await once(carrier, 'message')) as [{ url: string }]
  return {
    db: { dataSource },
    databaseUrl: postgres.url,
    clusterDirectory: postgres.directory,
    carrierUrl: listening.url,
    setCarrier: (behaviour) =>
      control(listening.url, 'PATCH', '/control/config', behaviour).then(() => undefined),
    carrierSummary: () =>
      control(listening.url, 'GET', '/control/summary') as Promise<
        Awaited<ReturnType<Stage['carrierSummary']>>
      >,
    resetCarrier: () => control(listening.url, 'POST', '/control/reset').then(() => undefined),
    close: async () => {
      await dataSource.destroy()
      await end(carrier)
      await postgres.stop()
      fs.rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function control(base: string, method: string, route: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(base + route, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  if (!answer.ok)
    throw new Error(
      `the local carrier answered ${String(answer.status)} to ${method} ${route}: ${await answer.text()}`,
    )
  const text = await answer.text()
  return text === '' ? null : (JSON.parse(text) as unknown)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

export interface SenderJob {
  databaseUrl: string
  carrierUrl: string
  worker: string
  concurrency: number
  batchSize: number
  /** Messages at which the process stops; a durable sender stops when nothing is left. */
  messages: number
}

export interface SenderReport {
  messages: number
  seconds: number
  cpuMicrosPerMessage: number
  memoryPeakMb: number
  transactionsCommitted: number
  transactionsAborted: number
}

export type SenderKind = 'durable-sender' | 'bare-carrier' | 'bare-sdk'

/** A sending process that is connected and waits for its signal. */
export interface Sender {
  go(): void
  report: Promise<SenderReport>
}

export async function startSender(kind: SenderKind, job: SenderJob): Promise<Sender> {
  const child = fork(
    path.resolve(here, `../processes/${kind}.js`),
    [JSON.stringify({ ...job, account: localAccount })],
    {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  )
  await once(child, 'message')
  const report = once(child, 'message').then(([message]) => message as SenderReport)
  return { report, go: () => child.send('go') }
}

export async function runSender(kind: SenderKind, job: SenderJob): Promise<SenderReport> {
  const sender = await startSender(kind, job)
  sender.go()
  return sender.report
}
