import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import type { CarrierState, RequestCounters } from './carrier-state.js'
import { receiveText } from './handset.js'
import type { RecordSummary } from './message-record.js'
import { optOutKey } from './message-rules.js'
import { faultNames, type Behaviour } from './options.js'
import type { WebhookCounters } from './webhook-queue.js'

export interface Summary extends RecordSummary {
  requests: RequestCounters
  callbacks: WebhookCounters & { scheduled: number }
  inbound: number
  optedOut: number
}

/** A message as the record shows it; `attempt` is the last part of its address for reports. */
export interface RecordLine {
  sid: string
  to: string
  from: string | null
  body: string | null
  bodyHash: string
  attempt: string | null
  acceptedAt: string
  segments: number
}

export function summarise(state: CarrierState): Summary {
  return {
    ...state.record.summary(),
    requests: { ...state.counters },
    callbacks: { ...state.webhooks.counters(), scheduled: state.wheel.waiting },
    inbound: state.inboundCount,
    optedOut: state.optedOut.size,
  }
}

export function* recordLines(state: CarrierState, after = -1): Generator<RecordLine> {
  for (let index = after + 1; index < state.record.count; index += 1) {
    const message = state.record.at(index)
    if (message === undefined) return
    yield {
      sid: state.record.sidOf(index),
      to: message.to,
      from: message.from ?? message.messagingServiceSid,
      body: message.body,
      bodyHash: message.bodyHash.toString(16).padStart(14, '0'),
      attempt: message.callback === null ? null : attemptOf(message.callback),
      acceptedAt: new Date(message.acceptedAtMs).toISOString(),
      segments: message.segments,
    }
  }
}

function attemptOf(callback: string): string | null {
  return callback.split(/[?#]/, 1)[0]?.split('/').pop() ?? null
}

const faultRequest = z.strictObject({
  fault: z.enum(faultNames),
  count: z.number().int().min(1).max(10_000).default(1),
})
const textRequest = z.strictObject({ from: z.string(), to: z.string(), body: z.string() })
const optOutRequest = z.strictObject({
  phone: z.string(),
  sender: z.string(),
  optedOut: z.boolean().default(true),
})
const bodyBytesMax = 1024 * 1024

/** The developer's side door, on the same port: what it shall do, what it has done. Not part of the carrier's API. */
export async function control(
  state: CarrierState,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const route = `${request.method ?? ''} ${path}`
  if (route === 'GET /control/record') {
    await streamRecord(state, response)
    return
  }
  try {
    const result = act(state, route, await readJson(request))
    reply(response, result === undefined ? 404 : 200, result ?? { error: 'no such control' })
  } catch (error) {
    reply(response, 400, { error: error instanceof Error ? error.message : 'not usable' })
  }
}

function act(state: CarrierState, route: string, body: unknown): Behaviour | Summary | object | undefined {
  switch (route) {
    case 'GET /control/summary':
      return summarise(state)
    case 'GET /control/config':
      return state.behaviour
    case 'PATCH /control/config':
    case 'POST /control/config':
      return state.change(body)
    case 'POST /control/faults': {
      const { fault, count } = faultRequest.parse(body)
      state.faults.askFor(fault, count)
      return { asked: count }
    }
    case 'POST /control/inbound':
      return receiveText(state, textRequest.parse(body))
    case 'POST /control/opt-outs': {
      const { phone, sender, optedOut } = optOutRequest.parse(body)
      if (optedOut) state.optedOut.add(optOutKey(sender, phone))
      else state.optedOut.delete(optOutKey(sender, phone))
      return { optedOut }
    }
    case 'POST /control/reset':
      state.forget()
      return summarise(state)
    default:
      return undefined
  }
}

/** One JSON object a line, at the pace of the reader, instead of the whole record as one text. */
async function streamRecord(state: CarrierState, response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  try {
    await pipeline(Readable.from(recordText(state), { objectMode: false }), response)
  } catch {
    // The reader went away.
  }
}

function* recordText(state: CarrierState): Generator<string> {
  let block = ''
  for (const line of recordLines(state)) {
    block += `${JSON.stringify(line)}\n`
    if (block.length < 64 * 1024) continue
    yield block
    block = ''
  }
  yield block
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = ''
  request.setEncoding('utf8')
  for await (const chunk of request) {
    text += chunk as string
    if (text.length > bodyBytesMax) throw new RangeError('the request is too large')
  }
  return text === '' ? {} : (JSON.parse(text) as unknown)
}

function reply(response: ServerResponse, status: number, value: object): void {
  const json = JSON.stringify(value)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(json),
  })
  response.end(json)
}
