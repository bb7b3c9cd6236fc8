import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { systemClock } from '../../src/kernel/clock.js'
import { someMessages, somePhones, theyAgree } from '../support/builders/messages.js'
import { aLot } from '../support/builders/credits.js'
import { compileProgram } from '../support/command.js'
import { eventually } from '../support/eventually.js'
import { anInstallation, type Installation, type ProgramProcess } from '../support/installation.js'
import { makeAccount } from '../support/people.js'

interface CollectedSpan {
  name: string
  traceId: string
  spanId: string
  parentSpanId?: string
  attributes: { key: string; value: { stringValue?: string; intValue?: number } }[]
}

const BODY = 'Your table is booked.'
const TRACE = '0af7651916cd43dd8448eb211c80319c'

let collector: Server
/** Every word that was sent to the collector. */
let received = ''
let spans: CollectedSpan[]
let world: Installation
let api: ProgramProcess

beforeAll(async () => {
  compileProgram()
  spans = []
  collector = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8')
      received += text
      const { resourceSpans } = JSON.parse(text) as {
        resourceSpans: { scopeSpans: { spans: CollectedSpan[] }[] }[]
      }
      for (const { scopeSpans } of resourceSpans) for (const scope of scopeSpans) spans.push(...scope.spans)
      response.setHeader('content-type', 'application/json')
      response.end('{}')
    })
  })
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve))
  const { port } = collector.address() as AddressInfo
  world = await anInstallation({
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${String(port)}`, OTEL_BSP_SCHEDULE_DELAY: '100' },
  })
  api = await world.startApi()
}, 240_000)

afterAll(async () => {
  await world.stop()
  await new Promise((resolve) => collector.close(resolve))
})

const found = (name: string): Promise<CollectedSpan> =>
  eventually(() => spans.find((span) => span.name === name) ?? null, { timeoutMs: 30_000, what: name })

test('a request is one trace, under that of its caller, with its statements by name', async () => {
  const { token } = (await makeAccount({ db: world.db, clock: systemClock }, 'Ann')).owner
  const answer = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', authorization: `Bearer ${token}` },
      traceparent: `00-${TRACE}-b7ad6b7169203331-01`,
    },
    body: JSON.stringify({ query: '{ creditBalance { available } }' }),
  })
  expect(await answer.json()).toMatchObject({ data: { creditBalance: { available: 0 } } })

  const request = await found('graphql creditBalance')
  expect(request).toMatchObject({ traceId: TRACE, parentSpanId: 'b7ad6b7169203331' })
  expect(request.attributes).toContainEqual({
    key: 'requestId',
    value: { stringValue: answer.headers.get('x-request-id') },
  })
  const inside = () => spans.filter((span) => span.traceId === TRACE && span.name.startsWith('credits.'))
  expect(await eventually(() => (inside().length > 0 ? inside() : null))).not.toEqual([])
})

test('a text’s call of the carrier names its attempt; no number, no words and no secret go to the collector', async () => {
  const { accountId, owner } = await makeAccount({ db: world.db, clock: systemClock }, 'Bob')
  await aLot(world.db, accountId, 5)
  const phones = somePhones(1)
  await theyAgree(world.db, accountId, phones, 'transactional')
  await someMessages(world.db, accountId, phones, { campaignId: null, purpose: 'transactional', body: BODY })
  const worker = await world.startWorker()

  const call = await found('carrier.send')
  expect(call.attributes).toContainEqual({ key: 'outcome', value: { stringValue: 'accepted' } })
  expect(call.attributes.map(({ key }) => key)).toContain('attemptId')
  await found('job watch-database')
  worker.kill('SIGTERM')
  expect(await worker.ended).toBe(0)

  for (const secret of [BODY, phones[0]!, phones[0]!.slice(1), owner.token, 'local-auth-token'])
    expect(received).not.toContain(secret)
})
