import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { systemClock, type Clock } from '../../kernel/clock.js'
import { answerApi } from './answer-api.js'
import { answerControl, makeControl, type PaymentsControl } from './control.js'
import { EventDeliveries } from './deliver-events.js'
import type { LocalPaymentsOptions } from './options.js'
import { answerPage } from './pages.js'
import { PaymentState } from './payment-state.js'
import { Refusal } from './refusal.js'
import { runDue } from './run-due.js'
import { loadState, saveState } from './state-file.js'

export interface LocalPayments {
  url: string
  secretKey: string
  webhookSecret: string
  control: PaymentsControl
  /** Everything it knows: what a test recomputes from. */
  state: PaymentState
  stop(): Promise<void>
}

const DUE_EVERY_MS = 1_000
const BODY_MAX = 1_048_576

/** A payment provider that speaks the part of Stripe's HTTP API that Tollgate uses, on the loopback interface. No money moves. */
export async function startLocalPayments(
  options: LocalPaymentsOptions = {},
  clock: Clock = systemClock,
): Promise<LocalPayments> {
  const state = new PaymentState(options, clock)
  const { stateFile } = options
  if (stateFile !== undefined) loadState(state, stateFile)
  const control = makeControl(state)
  const deliveries = new EventDeliveries(state)
  state.onEvent = (event) => {
    deliveries.push(event)
  }
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    void collect(request).then((body) => {
      route(state, control, request, response, body)
    })
  })
  await listen(server, options.port ?? 0, options.host ?? '127.0.0.1')
  const { address, port } = server.address() as AddressInfo
  state.baseUrl = `http://${address}:${String(port)}`
  const timer = setInterval(() => {
    if (state.behaviour.runsByItself) runDue(state)
    if (stateFile !== undefined) saveState(state, stateFile)
  }, DUE_EVERY_MS)
  timer.unref()
  return {
    control,
    state,
    url: state.baseUrl,
    secretKey: state.secretKey,
    webhookSecret: state.behaviour.webhooks.secret,
    stop: async () => {
      clearInterval(timer)
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
      await deliveries.close()
      if (stateFile !== undefined) saveState(state, stateFile)
    },
  }
}

function route(
  state: PaymentState,
  control: PaymentsControl,
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
): void {
  const { pathname } = new URL(request.url ?? '/', 'http://local')
  try {
    if (pathname.startsWith('/v1/')) {
      answerApi(state, request, response, body)
      return
    }
    if (pathname.startsWith('/control/')) {
      const { status, value } = answerControl(state, control, pathname.slice('/control/'.length), body)
      reply(response, status, value)
      return
    }
    const call = { method: request.method ?? 'GET', path: pathname, form: new URLSearchParams(body) }
    if (!answerPage(state, response, call)) reply(response, 404, { error: 'no such page' })
  } catch (error) {
    const status = error instanceof Refusal ? error.status : 500
    reply(response, status, { error: error instanceof Error ? error.message : 'failed' })
  }
}

function reply(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(value))
}

async function collect(request: IncomingMessage): Promise<string> {
  let text = ''
  request.setEncoding('utf8')
  for await (const chunk of request) {
    text += chunk as string
    if (text.length > BODY_MAX) request.destroy()
  }
  return text
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
