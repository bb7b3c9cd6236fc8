import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { stopEmbeddedPostgres } from '../../src/local/postgres/embedded-postgres.js'
import { compileProgram, runCommand, type RunningCommand } from '../support/command.js'
import { eventually } from '../support/eventually.js'

// The first minute: what `npm start` prints must work when pasted, and no way of ending it may cost data or leave
// processes behind.

/** The last line of a start. The address stands further up. */
const READY = /Tollgate runs at +(\S+)[^]*Ctrl-C stops everything/
let state: string
const started: RunningCommand[] = []

beforeAll(() => {
  compileProgram()
  state = fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-journey-'))
  fs.chmodSync(state, 0o755)
}, 120_000)

afterAll(async () => {
  for (const { process } of started) process.kill('SIGKILL')
  await stopEmbeddedPostgres(path.join(state, 'postgres'))
  fs.rmSync(state, { recursive: true, force: true })
}, 60_000)

function start(): RunningCommand {
  const command = runCommand('start', {
    ...{ TOLLGATE_STATE_DIRECTORY: state, PORT: '0', NODE_ENV: '', ROLE: 'all' },
    ...{
      DATABASE_URL: '',
      MONGODB_URL: '',
      TWILIO_ACCOUNT_SID: '',
      TWILIO_AUTH_TOKEN: '',
      PUBLIC_BASE_URL: '',
    },
  })
  started.push(command)
  return command
}

test('the printed query works when pasted, and Ctrl-C ends everything with success', async () => {
  const command = start()
  const [, address] = await command.says(READY)
  const [, token] = await command.says(/authorization: Bearer (\S+)'/)
  const [, body] = await command.says(/-d '(.+)'/)

  const answer = await fetch(`${address ?? ''}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token ?? ''}` },
    body: body ?? '',
  })
  expect(await answer.json()).toMatchObject({ data: { me: { account: { name: 'Acme Fitness' } } } })
  const processes = recordedProcesses()
  command.process.kill('SIGINT')

  expect(await command.ended).toBe(0)
  expect(processes.filter(isAlive)).toEqual([])
  expect(fs.existsSync(path.join(state, 'postgres', 'data', 'postmaster.pid'))).toBe(false)
}, 120_000)

test('after kill -9 its processes end by themselves, and the next start finds the data', async () => {
  const first = start()
  await first.says(READY)
  const processes = recordedProcesses()
  first.process.kill('SIGKILL')

  await eventually(() => processes.filter(isAlive).length === 0, {
    timeoutMs: 40_000,
    what: 'the end of the orphans',
  })
  const second = start()
  await second.says(READY)

  expect(second.output()).not.toContain('Making a new Postgres cluster')
  second.process.kill('SIGINT')
  expect(await second.ended).toBe(0)
}, 180_000)

test('a second start from the same directory says where the first one runs', async () => {
  const first = start()
  const [, address] = await first.says(READY)

  const second = start()

  expect(await second.ended).toBe(1)
  expect(second.output()).toContain(address)
  first.process.kill('SIGINT')
  expect(await first.ended).toBe(0)
}, 120_000)

test('when the program dies, the command stops the rest and says so', async () => {
  const command = start()
  await command.says(READY)
  const processes = recordedProcesses()
  process.kill(processes.at(-1) ?? 0, 'SIGKILL')

  expect(await command.ended).toBe(1)
  expect(command.output()).toContain('the program has ended (signal SIGKILL)')
  expect(processes.filter(isAlive)).toEqual([])
}, 120_000)

function recordedProcesses(): number[] {
  const file = path.join(state, 'running.json')
  if (!fs.existsSync(file)) return []
  const record = JSON.parse(fs.readFileSync(file, 'utf8')) as { processes: { pid: number }[] }
  return record.processes.map(({ pid }) => pid)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
