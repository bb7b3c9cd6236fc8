import { afterEach, beforeEach, expect, test } from '@jest/globals'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { stopEmbeddedPostgres, startEmbeddedPostgres } from '../../src/local/postgres/embedded-postgres.js'
import { eventually } from '../support/eventually.js'
import { onServer } from '../support/server-connection.js'

// A person's data lives in this server: whatever ends it, the next start must find it again.

let directory: string
const start = () => startEmbeddedPostgres({ directory, settings: { fsync: 'off', shared_buffers: '16MB' } })

beforeEach(() => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'tollgate-embedded-'))
  fs.chmodSync(root, 0o755)
  directory = path.join(root, 'postgres')
})

afterEach(async () => {
  await stopEmbeddedPostgres(directory)
  fs.rmSync(path.dirname(directory), { recursive: true, force: true })
})

test('a second start finds the data and keeps the address', async () => {
  const first = await start()
  await onServer(first.url, 'create table kept (id int)')
  await first.stop()

  const second = await start()

  await onServer(second.url, 'select from kept')
  expect(second.url).toBe(first.url)
})

test('a start takes over the server that a killed starter left running', async () => {
  const first = await start()

  const second = await start()

  expect(second).toMatchObject({ adopted: true, url: first.url })
})

test('committed rows survive a kill -9 of the server', async () => {
  const first = await start()
  await onServer(first.url, 'create table kept as select 1 as id')
  process.kill(postmasterPid(), 'SIGKILL')

  const second = await start()

  await onServer(second.url, 'select from kept')
  expect(second.adopted).toBe(false)
})

test('a server that was ended without a goodbye comes back at its address with what was committed', async () => {
  const server = await start()
  await onServer(server.url, 'create table kept as select 1 as id')

  await server.crash()
  await expect(onServer(server.url, 'select from kept')).rejects.toThrow()
  expect(await server.restart()).toBe(server.port)

  await onServer(server.url, 'select from kept')
})

test('a pid file that names a process of somebody else does not keep the server from starting', async () => {
  const first = await start()
  const pid = postmasterPid()
  process.kill(pid, 'SIGKILL')
  await eventually(() => !fs.existsSync(`/proc/${pid}`))
  const file = path.join(directory, 'data', 'postmaster.pid')
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace(/^\d+/, String(process.pid)))

  const second = await start()

  expect(second.url).toBe(first.url)
})

test('another program on the port makes it move, and never talk to that program', async () => {
  const first = await start()
  await first.stop()
  const squatter = net.createServer()
  await new Promise<void>((listening) => squatter.listen(first.port, '127.0.0.1', () => listening()))

  try {
    const second = await start()

    expect(second.port).not.toBe(first.port)
    await onServer(second.url, 'select 1')
  } finally {
    squatter.close()
  }
})

test('the password is readable by its owner only', async () => {
  await start()

  expect(fs.statSync(path.join(directory, 'password')).mode & 0o077).toBe(0)
})

function postmasterPid(): number {
  return Number(fs.readFileSync(path.join(directory, 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
}
