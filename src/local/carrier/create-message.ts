import type { IncomingMessage, ServerResponse } from 'node:http'
import { parse } from 'node:querystring'
import { admit, answerJson, answerRefusal } from './answer.js'
import type { CarrierState } from './carrier-state.js'
import { planDelivery } from './delivery.js'
import { drawLatency, drawSpan } from './draw.js'
import { scheduleHandset } from './handset.js'
import { messageJson } from './message-json.js'
import { checkCreate, type CreateForm } from './message-rules.js'
import type { Fault } from './options.js'
import { refuse } from './refusals.js'
import { countSegments } from './segments.js'
import { scheduleReports } from './status-reports.js'

const bodyBytesMax = 64 * 1024
const validitySecondsDefault = 36_000

/** POST /Messages.json. Sign-in is judged on arrival, everything else when the body is complete. */
export function receiveCreate(state: CarrierState, request: IncomingMessage, response: ServerResponse): void {
  if (!admit(state, request.headers.authorization, response)) {
    request.resume()
    return
  }
  state.counters.creates += 1
  state.counters.creating += 1
  response.once('close', () => (state.counters.creating -= 1))
  let text = ''
  request.on('data', (chunk: Buffer) => {
    // A form is ASCII; decoding it as such is cheap.
    text += chunk.toString('latin1')
    if (text.length > bodyBytesMax) request.destroy()
  })
  request.on('end', () => {
    const delayMs = drawLatency(state.behaviour, state.random)
    if (delayMs > 0) state.later(delayMs, () => create(state, text, response))
    else create(state, text, response)
  })
}

function create(state: CarrierState, text: string, response: ServerResponse): void {
  const { concurrencyMax } = state.behaviour
  if (concurrencyMax > 0 && state.counters.creating > concurrencyMax) {
    throttle(state, response)
    return
  }
  const fault = state.faults.next()
  if (fault === null) {
    acceptOrRefuse(state, text, response)
    return
  }
  state.counters.faults += 1
  misbehave(state, text, response, fault)
}

function acceptOrRefuse(state: CarrierState, text: string, response: ServerResponse): void {
  const index = accept(state, text, response)
  if (index !== null) answerCreated(state, response, index)
}

/** Records the message and sets its life going; answers only when it is refused. */
function accept(state: CarrierState, text: string, response: ServerResponse): number | null {
  const form = readForm(text)
  const refusal = checkCreate(form, state.behaviour, state.optedOut)
  if (refusal !== null) {
    answerRefusal(state, response, refusal)
    return null
  }
  if (state.record.isFull) {
    answerRefusal(state, response, refuse(20503, 'The record of the local carrier is full'))
    return null
  }
  const acceptedAtMs = state.time.nowMs()
  const index = state.record.add({
    to: form.to,
    from: form.from,
    messagingServiceSid: form.messagingServiceSid,
    body: form.body,
    callback: form.callback,
    acceptedAtMs,
    segments: countSegments(form.body),
    listedFromMs: acceptedAtMs + drawSpan(state.behaviour.listLagMs, state.random),
    ...planDelivery(form.to, form.validitySeconds, acceptedAtMs, state.behaviour, state.random),
  })
  scheduleReports(state, index)
  scheduleHandset(state, index)
  return index
}

function answerCreated(state: CarrierState, response: ServerResponse, index: number): void {
  answerJson(state, response, 201, createdJson(state, index))
}

function createdJson(state: CarrierState, index: number): string {
  const message = state.record.at(index)
  if (message === undefined) return '{}'
  const sid = state.record.sidOf(index)
  return messageJson(state.signIn.accountSid, sid, message, message.body, message.acceptedAtMs, state.time)
}

/** Each fault on one side of the moment of acceptance, as its name says. */
function misbehave(state: CarrierState, text: string, response: ServerResponse, fault: Fault): void {
  const { slowMs } = state.behaviour.faults
  switch (fault) {
    case 'dropBeforeAccept':
      response.destroy()
      return
    case 'errorBeforeAccept':
      serverError(state, response)
      return
    case 'throttle':
      throttle(state, response)
      return
    case 'redirect':
      response.writeHead(307, ['location', `${state.messagesPath}?moved=1`, 'content-length', '0'])
      response.end()
      return
    case 'slowBeforeAccept':
      // Accepted later, whether or not anybody still waits for the answer.
      state.later(slowMs, () => acceptOrRefuse(state, text, response))
      return
    default:
      acceptThenMisbehave(state, text, response, fault)
  }
}

type LateFault = Extract<
  Fault,
  'acceptThenDrop' | 'errorAfterAccept' | 'slowAfterAccept' | 'brokenAnswer' | 'stalledAnswer'
>

function acceptThenMisbehave(
  state: CarrierState,
  text: string,
  response: ServerResponse,
  fault: LateFault,
): void {
  const index = accept(state, text, response)
  if (index === null) return
  switch (fault) {
    case 'acceptThenDrop':
      response.destroy()
      return
    case 'errorAfterAccept':
      serverError(state, response)
      return
    case 'slowAfterAccept':
      state.later(state.behaviour.faults.slowMs, () => answerCreated(state, response, index))
      return
    case 'brokenAnswer':
      answerJson(state, response, 201, createdJson(state, index).slice(0, 40))
      return
    case 'stalledAnswer': {
      const json = createdJson(state, index)
      response.writeHead(201, [
        'content-type',
        'application/json',
        'content-length',
        String(Buffer.byteLength(json)),
      ])
      response.write(json.slice(0, 40))
      state.later(state.behaviour.faults.slowMs, () => response.destroy())
    }
  }
}

/** Half of the time as the API writes errors, half of the time as a proxy on the way does. */
function serverError(state: CarrierState, response: ServerResponse): void {
  if (state.random.next() < 0.5) {
    answerRefusal(state, response, refuse(20500))
    return
  }
  state.counters.refused += 1
  response.writeHead(502, ['content-type', 'text/html', 'content-length', '24'])
  response.end('<html>Bad Gateway</html>')
}

function throttle(state: CarrierState, response: ServerResponse): void {
  state.counters.throttled += 1
  const seconds = String(state.behaviour.faults.retryAfterSeconds)
  answerRefusal(state, response, refuse(20429), ['retry-after', seconds])
}

function readForm(text: string): CreateForm {
  const fields = parse(text)
  const validity = single(fields['ValidityPeriod'])
  return {
    to: single(fields['To']) ?? '',
    from: single(fields['From']),
    messagingServiceSid: single(fields['MessagingServiceSid']),
    body: single(fields['Body']) ?? '',
    callback: single(fields['StatusCallback']),
    validitySeconds: validity === null ? validitySecondsDefault : Number(validity),
  }
}

function single(value: string | string[] | undefined): string | null {
  const text = typeof value === 'string' ? value : value?.[0]
  return text === undefined || text === '' ? null : text
}
