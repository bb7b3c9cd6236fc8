import { Script } from 'node:vm'
import { afterEach, expect, test } from '@jest/globals'
import { resolvers } from '../../src/app/resolvers.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { eventually } from '../support/eventually.js'
import { makeAccount } from '../support/people.js'
import { ProbeResolver } from '../support/probe-resolver.js'
import { startTestApp, type TestApp } from '../support/test-app.js'

let server: TestApp

afterEach(async () => {
  ProbeResolver.releaseAll()
  await server.stop()
})

const status = async (path: string) => (await fetch(`${server.url}${path}`)).status

test('a healthy process is alive, ready and measured', async () => {
  server = await startTestApp()

  expect(await status('/healthz')).toBe(200)
  expect(await status('/readyz')).toBe(200)
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  for (const name of [
    'tollgate_graphql_seconds',
    'tollgate_transactions_total',
    'tollgate_sockets',
    'tollgate_messages_unknown_attempts{state="unknown"} 0',
    'tollgate_emails_waiting{state="waiting"} 0',
    'tollgate_emails_oldest_waiting_seconds 0',
    'tollgate_messages_oldest_unknown_seconds 0',
    'process_cpu',
  ]) {
    expect(metrics).toContain(name)
  }
})

test('a process whose migrations are missing is alive and not ready', async () => {
  server = await startTestApp()
  await readQuery(
    server.app.db,
    `/* test */ delete from migration where id = (select max(id) from migration)`,
  )

  const answer = await fetch(`${server.url}/readyz`)

  expect(answer.status).toBe(503)
  expect(await answer.json()).toEqual({ ready: false, reason: 'migrations-pending' })
  expect(await status('/healthz')).toBe(200)
})

test('a process that is about to drain says so and still serves', async () => {
  server = await startTestApp()

  server.http.announceDrain()

  const readiness = await fetch(`${server.url}/readyz`)
  expect([readiness.status, await readiness.json()]).toEqual([503, { ready: false, reason: 'draining' }])
  expect(await server.as().data('{ __typename }')).toEqual({ __typename: 'Query' })
})

test('a worker answers about its health and serves no API', async () => {
  server = await startTestApp({ servesApi: false })

  expect(await status('/readyz')).toBe(200)
  expect(await status('/graphql')).toBe(404)
  expect(await status('/')).toBe(404)
})

test('the explorer uses nothing from elsewhere and nothing inline', async () => {
  server = await startTestApp()

  const page = await fetch(`${server.url}/explorer`)
  const html = await page.text()

  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(html).not.toMatch(/<script(?![^>]*src="\/)|\sstyle=|\son\w+=|href="https?:|src="https?:/)
  expect(await status('/landing.css')).toBe(200)
  expect(await status('/landing.js')).toBe(200)
  const script = await (await fetch(`${server.url}/landing.js`)).text()
  expect(() => new Script(script)).not.toThrow()
})

test('a drain finishes what is running on both transports, then ends streams and takes nothing new', async () => {
  server = await startTestApp({ resolvers: [...resolvers, ProbeResolver] })
  const account = await makeAccount(server.app)
  const socket = await server.socket(account.owner.token)
  const stream = socket.run('subscription { ticks }')
  await stream.next()
  const overHttp = server.as(account.owner.token).data('mutation { waits }')
  const overSocket = socket.run('mutation { waits }').next()
  await eventually(() => ProbeResolver.waiting() === 2)

  const drained = server.http.drain()
  await eventually(async () => (await refusesConnections(server.url)) || (await status('/readyz')) === 503)
  ProbeResolver.releaseAll()

  expect(await overHttp).toEqual({ waits: 'done' })
  expect(await overSocket).toEqual({ data: { waits: 'done' } })
  expect((await socket.closed).code).toBe(1001)
  await drained
  expect(await refusesConnections(server.url)).toBe(true)
})

async function refusesConnections(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`).then(
    () => false,
    () => true,
  )
}
