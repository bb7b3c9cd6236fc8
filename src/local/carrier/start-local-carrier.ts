import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parse } from 'node:querystring'
import { systemClock, type Clock } from '../../kernel/clock.js'
import { admit, answerJson, answerRefusal } from './answer.js'
import { CarrierState } from './carrier-state.js'
import { control, recordLines, summarise, type RecordLine, type Summary } from './control.js'
import { receiveCreate } from './create-message.js'
import { happens } from './draw.js'
import { receiveText, type HandsetText } from './handset.js'
import type { Behaviour, BehaviourPatch, Fault, LocalCarrierOptions } from './options.js'
import { listMessages, readMessage } from './read-messages.js'
import { refuse } from './refusals.js'

/** The controls of `/control` as functions, for a carrier that runs in the same process. */
export interface LocalCarrierControl {
  change(patch: BehaviourPatch): Behaviour
  askFor(fault: Fault, count?: number): void
  text(text: HandsetText): { sid: string; posted: boolean }
  summary(): Summary
  record(): RecordLine[]
  reset(): void
}

export interface LocalCarrier {
  url: string
  accountSid: string
  authToken: string
  control: LocalCarrierControl
  stop(): Promise<void>
}

/** A carrier that speaks Twilio's HTTP API on the loopback interface. No text ever leaves the machine. */
export async function startLocalCarrier(
  options: LocalCarrierOptions = {},
  clock: Clock = systemClock,
): Promise<LocalCarrier> {
  const state = new CarrierState(options, clock)
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    route(state, request, response)
  })
  await listen(server, options.port ?? 0, options.host ?? '127.0.0.1')
  const { address, port } = server.address() as AddressInfo
  return {
    url: `http://${address}:${port}`,
    accountSid: state.signIn.accountSid,
    authToken: state.signIn.authToken,
    control: {
      change: (patch) => state.change(patch),
      askFor: (fault, count = 1) => state.faults.askFor(fault, count),
      text: (text) => receiveText(state, text),
      summary: () => summarise(state),
      record: () => [...recordLines(state)],
      reset: () => state.forget(),
    },
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
      await state.close()
    },
  }
}

function route(state: CarrierState, request: IncomingMessage, response: ServerResponse): void {
  const target = request.url ?? '/'
  if (request.method === 'POST' && target === state.messagesPath) {
    receiveCreate(state, request, response)
    return
  }
  const url = new URL(target, 'http://local')
  if (url.pathname.startsWith('/control')) {
    void control(state, request, response, url.pathname)
    return
  }
  if (request.method === 'POST') {
    collect(request, (text) => {
      if (/^\/v[12]\/token$/.test(url.pathname)) issueToken(state, text, response)
      else answerRefusal(state, response, refuse(20404))
    })
    return
  }
  request.resume()
  readRoute(state, request, response, url)
}

function readRoute(state: CarrierState, request: IncomingMessage, response: ServerResponse, url: URL): void {
  const base = state.messagesPath.slice(0, -'/Messages.json'.length)
  const rest = url.pathname.startsWith(base) ? url.pathname.slice(base.length) : url.pathname
  const sid = /^\/Messages\/(\w{34})\.json$/.exec(rest)?.[1]
  if (rest === '/Messages.json') listMessages(state, request, response, url.searchParams)
  else if (sid !== undefined) readMessage(state, request, response, sid)
  else if (rest === '/Balance.json') readBalance(state, request, response)
  else if (admit(state, request.headers.authorization, response))
    answerRefusal(state, response, refuse(20404))
}

function readBalance(state: CarrierState, request: IncomingMessage, response: ServerResponse): void {
  if (!admit(state, request.headers.authorization, response)) return
  const { balance, currency } = state.behaviour
  answerJson(
    state,
    response,
    200,
    JSON.stringify({ account_sid: state.signIn.accountSid, balance, currency }),
  )
}

/** Client credentials, by form, as the SDK asks for them. */
function issueToken(state: CarrierState, text: string, response: ServerResponse): void {
  state.counters.tokens += 1
  if (happens(state.behaviour.faults.tokenError, state.random)) {
    answerRefusal(state, response, refuse(20503))
    return
  }
  const form = parse(text)
  const issued = state.signIn.issue(
    String(form['client_id']),
    String(form['client_secret']),
    state.behaviour.tokenTtlMs,
  )
  if (form['grant_type'] !== 'client_credentials' || issued === null) {
    answerRefusal(state, response, refuse(20003))
    return
  }
  const answer = { access_token: issued.token, token_type: 'Bearer', expires_in: issued.expiresIn }
  answerJson(state, response, 200, JSON.stringify(answer))
}

function collect(request: IncomingMessage, done: (text: string) => void): void {
  let text = ''
  request.setEncoding('latin1')
  request.on('data', (chunk: string) => {
    text += chunk
    if (text.length > 64 * 1024) request.destroy()
  })
  request.on('end', () => done(text))
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
