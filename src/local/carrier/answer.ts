import type { ServerResponse } from 'node:http'
import type { CarrierState } from './carrier-state.js'
import { refusalBody, refuse, type Refusal } from './refusals.js'

/** Headers as one flat list: the cheapest form for the server to write. */
export function answerJson(
  state: CarrierState,
  response: ServerResponse,
  status: number,
  json: string,
  more: readonly string[] = [],
): void {
  if (response.destroyed) return
  response.writeHead(status, [
    'content-type',
    'application/json;charset=utf-8',
    'content-length',
    String(Buffer.byteLength(json)),
    'twilio-request-id',
    state.nextRequestId(),
    'twilio-concurrent-requests',
    String(state.counters.creating),
    ...more,
  ])
  response.end(json)
}

export function answerRefusal(
  state: CarrierState,
  response: ServerResponse,
  refusal: Refusal,
  more: readonly string[] = [],
): void {
  state.counters.refused += 1
  answerJson(state, response, refusal.status, refusalBody(refusal), more)
}

/** Judges the sign-in when the request arrives, before its body: a token that has expired by then is refused. */
export function admit(
  state: CarrierState,
  authorization: string | undefined,
  response: ServerResponse,
): boolean {
  const result = state.signIn.judge(authorization, state.behaviour)
  if (result === 'ok') return true
  if (result === 'expired') {
    state.counters.fenced += 1
    answerRefusal(state, response, refuse(20003, 'Authentication Error - the access token has expired'))
  } else answerRefusal(state, response, refuse(20003))
  return false
}
