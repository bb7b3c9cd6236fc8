import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { spawn, type ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemClock } from '../../src/kernel/clock.js'
import { startEmbeddedPostgres, stopEmbeddedPostgres } from '../../src/local/postgres/embedded-postgres.js'
import { eventually } from '../support/eventually.js'
import { countingJob } from './counting-job.js'
import { schedulersOf } from './store-under-test.js'

// What a proxy cannot show: a real server that stops and starts, and whole processes that end or are killed.

const schedulers = schedulersOf()
const processes: ChildProcess[] = []
let directory: string
let databaseUrl: string
const startServer = () =>
  startEmbeddedPostgres({ directory, settings: { fsync: 'off', shared_buffers: '16MB' } })

beforeAll(async () => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-scheduling-'))
  fs.chmodSync(root, 0o755)
  directory = path.join(root, 'postgres')
  databaseUrl = (await startServer()).url
})

afterEach(async () => {
  await schedulers.drainAll()
  for (const child of processes.splice(0)) child.kill('SIGKILL')
})

afterAll(async () => {
  await stopEmbeddedPostgres(directory)
  fs.rmSync(path.dirname(directory), { recursive: true, force: true })
})

test('a restart of Postgres costs no process: jobs run meanwhile, and afterwards wake-ups arrive at once again', async () => {
  const look = countingJob('look', { everyMs: 100 })
  const task = countingJob('task')
  // Polling takes a minute: what arrives sooner was announced.
  const settings = { pollEveryMs: 60_000 }
  const address = { mongodbUrl: null, databaseUrl }
  const worker = schedulers.create(address, [look.job, task.job], { settings })
  const producer = schedulers.create(address, [task.twin()], { settings })
  worker.start()
  await eventually(() => worker.state().connection === 'up')
  await producer.wake('task')
  await eventually(() => task.ended === 1)

  await stopEmbeddedPostgres(directory)
  await eventually(() => worker.state().connection === 'connecting')
  const soFar = look.runs.length
  await eventually(() => look.runs.length >= soFar + 3)
  await startServer()

  await eventually(() => worker.state().connection === 'up')
  await eventually(async () => (await producer.wake('task')) === 'enqueued')
  await eventually(() => task.ended >= 2)
})

test('a producer that never started announces its wake-ups: they do not wait for a poll', async () => {
  const task = countingJob('task')
  const settings = { pollEveryMs: 60_000 }
  const address = { mongodbUrl: null, databaseUrl }
  const worker = schedulers.create(address, [task.job], { settings })
  worker.start()
  await eventually(() => worker.state().connection === 'up')
  const producer = schedulers.create(address, [task.twin()], { settings })
  await producer.wake('task')
  await eventually(() => task.ended === 1)
  const startedMs = systemClock.monotonicMs()

  for (let times = 2; times <= 11; times += 1) {
    await producer.wake('task')
    await eventually(() => task.ended >= times, { intervalMs: 2 })
  }

  expect(systemClock.monotonicMs() - startedMs).toBeLessThan(settings.pollEveryMs / 2)
})

test('a process ends by itself even when a job never does', async () => {
  const worker = await startWorker('hang')
  await schedulers.create({ mongodbUrl: null, databaseUrl }, [countingJob('task').job]).wake('task')
  await eventually(() => worker.said('task') === 1)

  worker.child.kill('SIGTERM')

  await eventually(() => worker.child.exitCode !== null)
  expect(worker.output()).toContain('drained {"finished":false,"running":["task"]}')
}, 60_000)

test('a process outlives a restart of Postgres, and once drained it ends by itself with exit code 0', async () => {
  const worker = await startWorker('normal')
  await stopEmbeddedPostgres(directory)
  const soFar = worker.said('look')
  await eventually(() => worker.said('look') >= soFar + 5)
  await startServer()
  const afterwards = worker.said('look')
  await eventually(() => worker.said('look') >= afterwards + 5)

  worker.child.kill('SIGTERM')

  await eventually(() => worker.child.exitCode !== null)
  expect(worker.output()).toContain('drained {"finished":true,"running":[]}')
  expect(worker.child.exitCode).toBe(0)
}, 60_000)

test('what a killed process had begun is begun again elsewhere once its lock has expired', async () => {
  const worker = await startWorker('hang')
  const task = countingJob('task')
  const other = schedulers.create({ mongodbUrl: null, databaseUrl }, [task.job], {
    settings: { leaseMs: 2_000 },
  })
  await other.wake('task')
  await eventually(() => worker.said('task') === 1)

  worker.child.kill('SIGKILL')
  other.start()

  await eventually(() => task.ended === 1)
}, 60_000)

interface Worker {
  child: ChildProcess
  output(): string
  said(word: string): number
}

/** Compiling its sources takes a process a while on a busy machine. */
async function startWorker(mode: 'normal' | 'hang'): Promise<Worker> {
  const script = fileURLToPath(new URL('./worker-process.ts', import.meta.url))
  const child = spawn(
    process.execPath,
    ['--import', '@swc-node/register/esm-register', script, databaseUrl, mode],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  processes.push(child)
  const said = (word: string): number => output.split('\n').filter((line) => line === word).length
  await eventually(() => said('look') >= 1, { timeoutMs: 40_000, what: 'the first run in a new process' })
  return { child, output: () => output, said }
}
