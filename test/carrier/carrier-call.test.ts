import { expect, test } from '@jest/globals'
import { Pool } from 'undici'
import { systemClock } from '../../src/kernel/clock.js'
import { placeCall } from '../../src/slices/carrier/twilio/carrier-call.js'
import { eventually } from '../support/eventually.js'
import { startScriptedServer } from './scripted-server.js'

const call = { path: '/', method: 'POST', headers: [], body: 'a=1' } as const

// "Not one byte was written" is what lets a message be sent again, so it must hold for a call that was still waiting.
test('a call whose time ran out while it waited for a connection is never written afterwards', async () => {
  let answerFirst = (): void => undefined
  const server = await startScriptedServer((response) => {
    answerFirst = () => response.writeHead(201).end('{}')
  })
  const pool = new Pool(server.url, { connections: 1, pipelining: 1 })
  const first = placeCall(pool, systemClock, { ...call, headers: [], timeoutMs: 20_000 })
  const second = placeCall(pool, systemClock, { ...call, headers: [], timeoutMs: 50 })

  await expect(second).rejects.toMatchObject({ reason: 'timeout', written: false })
  await eventually(() => server.requests.length === 1)
  answerFirst()
  expect((await first).statusCode).toBe(201)
  const third = placeCall(pool, systemClock, { ...call, headers: [], body: 'b=2', timeoutMs: 2_000 })
  await expect(third).rejects.toMatchObject({ reason: 'timeout', written: true })
  expect(server.requests.map(({ body }) => body)).toEqual(['a=1', 'b=2'])
  await pool.destroy()
  await server.stop()
})

test('a call that was written and then cut off says so', async () => {
  const server = await startScriptedServer((response) => response.socket?.resetAndDestroy())
  const pool = new Pool(server.url, { connections: 1, pipelining: 1 })

  const cut = placeCall(pool, systemClock, { ...call, headers: [], timeoutMs: 5_000 })

  await expect(cut).rejects.toMatchObject({ reason: 'connection', written: true })
  await pool.destroy()
  await server.stop()
})

test('an answer in many pieces is put together, characters cut in two included', async () => {
  const text = JSON.stringify({ body: 'Привет 👋 €'.repeat(20_000) })
  const server = await startScriptedServer((response) => response.writeHead(200).end(text))
  const pool = new Pool(server.url, { connections: 1, pipelining: 1 })

  const answer = await placeCall(pool, systemClock, { ...call, headers: [], timeoutMs: 5_000 })

  expect(answer.body).toBe(text)
  await pool.destroy()
  await server.stop()
})
