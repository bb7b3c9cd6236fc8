import type { IncomingMessage, ServerResponse } from 'node:http'
import { formText, parseForm, type ParamMap } from './form.js'
import type { PaymentState } from './payment-state.js'
import { Refusal } from './refusal.js'
import { refuseUnknown, routes } from './routes.js'

const KEY_KEPT_MS = 24 * 3_600_000

/** One request of the API: who asks, the key, what goes wrong today, and the answer. */
export function answerApi(
  state: PaymentState,
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
): void {
  const url = new URL(request.url ?? '/', 'http://local')
  const method = request.method ?? 'GET'
  if (request.headers.authorization !== `Bearer ${state.secretKey}`) {
    send(response, 401, errorBody({ type: 'invalid_request_error', message: 'Invalid API Key provided' }))
    return
  }
  const params = parseForm(method === 'GET' || method === 'DELETE' ? url.searchParams.toString() : body)
  if (method !== 'POST') {
    if (happens(state, state.behaviour.faults.readError))
      send(response, 503, errorBody({ type: 'api_error' }))
    else sendAnswer(response, run(state, method, url.pathname, params))
    return
  }
  answerPost(state, request, response, { path: url.pathname, params })
}

interface Posted {
  path: string
  params: ParamMap
}

/**
 * A key answers the same again, errors of the server included, for a day; other parameters under the same key are
 * refused. What was refused before it was tried is not remembered.
 */
function answerPost(
  state: PaymentState,
  request: IncomingMessage,
  response: ServerResponse,
  { path, params }: Posted,
): void {
  const key = single(request.headers['idempotency-key'])
  const text = `${path} ${formText(params)}`
  const stored = key === undefined ? undefined : state.answers.get(key)
  if (stored !== undefined && state.nowMs() - stored.atMs < KEY_KEPT_MS) {
    if (stored.params !== text)
      send(response, 400, errorBody({ type: 'idempotency_error', message: 'Keys for idempotent requests…' }))
    else send(response, stored.status, stored.body, ['idempotent-replayed', 'true'])
    return
  }
  const { faults } = state.behaviour
  if (happens(state, faults.dropBefore)) {
    response.destroy()
    return
  }
  const remember = (answer: ApiAnswer): void => {
    if (key !== undefined && answer.remembered)
      state.answers.set(key, { params: text, status: answer.status, body: answer.body, atMs: state.nowMs() })
  }
  const serverError = { status: 500, body: errorBody({ type: 'api_error' }), remembered: true }
  if (happens(state, faults.errorBefore)) {
    remember(serverError)
    send(response, serverError.status, serverError.body)
    return
  }
  const done = run(state, 'POST', path, params)
  const answer = happens(state, faults.errorAfter) ? serverError : done
  remember(answer)
  if (happens(state, faults.dropAfter)) response.destroy()
  else sendAnswer(response, answer)
}

interface ApiAnswer {
  status: number
  body: string
  remembered: boolean
}

function run(state: PaymentState, method: string, path: string, params: ParamMap): ApiAnswer {
  try {
    const found = findRoute(method, path)
    if (found === null)
      throw new Refusal(404, { type: 'invalid_request_error', message: `Unrecognized request URL (${path})` })
    refuseUnknown(found.route, params)
    const object = found.answer({ state, params, id: found.id })
    return { status: 200, body: JSON.stringify(object), remembered: true }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // A declined charge was tried; a parameter that was refused was not.
    return { status: error.status, body: errorBody(error.body), remembered: error.status === 402 }
  }
}

function findRoute(method: string, path: string) {
  const exact = routes[`${method} ${path}`]
  if (exact !== undefined) return { route: `${method} ${path}`, answer: exact, id: '' }
  const parts = path.split('/')
  for (let place = parts.length - 1; place > 2; place -= 1) {
    const route = `${method} ${[...parts.slice(0, place), ':id', ...parts.slice(place + 1)].join('/')}`
    const answer = routes[route]
    if (answer !== undefined) return { route, answer, id: parts[place] ?? '' }
  }
  return null
}

function sendAnswer(response: ServerResponse, { status, body }: ApiAnswer): void {
  send(response, status, body)
}

let requests = 0

function send(response: ServerResponse, status: number, body: string, more: readonly string[] = []): void {
  requests += 1
  response.writeHead(status, [
    ...['content-type', 'application/json', 'content-length', String(Buffer.byteLength(body))],
    ...['request-id', `req_local${String(requests)}`, 'stripe-version', '2026-10-28.endive'],
    ...more,
  ])
  response.end(body)
}

function errorBody(error: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ error })
}

function happens(state: PaymentState, probability: number): boolean {
  return probability > 0 && state.random.next() < probability
}

function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0]
}
