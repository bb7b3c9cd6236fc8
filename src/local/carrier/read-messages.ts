import type { IncomingMessage, ServerResponse } from 'node:http'
import { admit, answerJson, answerRefusal } from './answer.js'
import type { CarrierState } from './carrier-state.js'
import { happens } from './draw.js'
import { messageJson } from './message-json.js'
import { refuse } from './refusals.js'

const pageSizeDefault = 50

/** GET of one message. */
export function readMessage(
  state: CarrierState,
  request: IncomingMessage,
  response: ServerResponse,
  sid: string,
): void {
  if (!admit(state, request.headers.authorization, response)) return
  state.counters.reads += 1
  if (happens(state.behaviour.faults.readError, state.random)) {
    answerRefusal(state, response, refuse(20503))
    return
  }
  const index = state.record.indexOf(sid)
  const message = index < 0 ? undefined : state.record.at(index)
  if (message === undefined) {
    answerRefusal(state, response, refuse(20404))
    return
  }
  const json = messageJson(
    state.signIn.accountSid,
    sid,
    message,
    message.body,
    state.time.nowMs(),
    state.time,
  )
  answerJson(state, response, 200, json)
}

/** GET of the list, newest first, without what the list does not show yet. */
export function listMessages(
  state: CarrierState,
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
): void {
  if (!admit(state, request.headers.authorization, response)) return
  state.counters.lists += 1
  if (happens(state.behaviour.faults.listError, state.random)) {
    answerRefusal(state, response, refuse(20503))
    return
  }
  // Refused rather than ignored: a filter that does nothing would make a wrong program look right.
  const unsupported = [...query.keys()].find((key) => key.startsWith('DateSent'))
  if (unsupported !== undefined) {
    answerRefusal(state, response, refuse(20001, `${unsupported} is not supported here`))
    return
  }
  answerJson(state, response, 200, pageJson(state, query))
}

function pageJson(state: CarrierState, query: URLSearchParams): string {
  const asked = Number(query.get('PageSize') ?? pageSizeDefault)
  const pageSize = Math.min(
    state.behaviour.listPageSizeMax,
    Math.max(1, Number.isInteger(asked) ? asked : pageSizeDefault),
  )
  const from = query.get('From')
  const before = tokenIndex(query.get('PageToken'))
  const nowMs = state.time.nowMs()
  const rows: string[] = []
  let last = -1
  let more = false
  for (const index of state.record.newestFirst(query.get('To'))) {
    const message = state.record.at(index)
    if (message === undefined || index >= before || message.listedFromMs > nowMs) continue
    if (from !== null && message.from !== from) continue
    if (rows.length === pageSize) {
      more = true
      break
    }
    const sid = state.record.sidOf(index)
    rows.push(messageJson(state.signIn.accountSid, sid, message, message.body, nowMs, state.time))
    last = index
  }
  const page = Number(query.get('Page') ?? 0)
  return (
    `{"messages":[${rows.join(',')}],"page":${page},"page_size":${pageSize},"start":${page * pageSize},` +
    `"end":${page * pageSize + Math.max(0, rows.length - 1)},"previous_page_uri":null,` +
    `"first_page_uri":${JSON.stringify(pageUri(state, query, pageSize, 0, null))},` +
    `"uri":${JSON.stringify(pageUri(state, query, pageSize, page, query.get('PageToken')))},` +
    `"next_page_uri":${more ? JSON.stringify(pageUri(state, query, pageSize, page + 1, `PA${last}`)) : 'null'}}`
  )
}

function pageUri(
  state: CarrierState,
  query: URLSearchParams,
  pageSize: number,
  page: number,
  token: string | null,
): string {
  const next = new URLSearchParams()
  for (const name of ['To', 'From']) {
    const value = query.get(name)
    if (value !== null) next.set(name, value)
  }
  next.set('PageSize', String(pageSize))
  next.set('Page', String(page))
  if (token !== null) next.set('PageToken', token)
  return `${state.messagesPath}?${next.toString()}`
}

function tokenIndex(token: string | null): number {
  const index = token?.startsWith('PA') === true ? Number(token.slice(2)) : Number.NaN
  return Number.isInteger(index) ? index : Number.POSITIVE_INFINITY
}
