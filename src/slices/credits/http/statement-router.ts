import { pipeline } from 'node:stream/promises'
import { Router, type Request, type Response } from 'express'
import { DateTime } from 'luxon'
import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { statementCsv } from '../open-statement.js'

export interface StatementRouterDeps {
  db: Db
  /** Whose statement the request's own credential may read; null for nobody's. */
  identify: (request: Request) => Promise<{ accountId: AccountId } | null>
}

/**
 * `GET /statement.csv` streams the account's statement, oldest first; `?since=` and `?until=` (ISO 8601 with an offset)
 * bound it. Outside GraphQL, because a statement has any length and passes through here in pieces.
 */
export function statementRouter(deps: StatementRouterDeps): Router {
  const router = Router()
  router.get('/statement.csv', (request, response) => sendStatement(deps, request, response))
  return router
}

async function sendStatement(deps: StatementRouterDeps, request: Request, response: Response): Promise<void> {
  const reader = await deps.identify(request)
  if (reader === null) {
    response.setHeader('www-authenticate', 'Bearer')
    answer(response, 401, 'UNAUTHENTICATED', 'Send a valid session token or API key of an account.')
    return
  }
  const since = readInstant(request.query['since'])
  const until = readInstant(request.query['until'])
  if (since === undefined || until === undefined) {
    answer(
      response,
      400,
      'BAD_USER_INPUT',
      'since and until are ISO 8601 with an offset, for example 2026-03-01T00:00:00Z.',
    )
    return
  }
  response.status(200).type('text/csv; charset=utf-8')
  response.setHeader('content-disposition', 'attachment; filename="statement.csv"')
  response.setHeader('cache-control', 'no-store')
  try {
    await pipeline(statementCsv(deps.db, reader.accountId, { since, until }), response)
  } catch (error) {
    // A reader who hung up is nobody's fault. Anything else ends the connection, so that half a file never looks whole.
    if (!isHangUp(error)) throw error
  }
}

/** Null when it was left out, undefined when it is no instant. */
function readInstant(text: unknown): Date | null | undefined {
  if (text === undefined) return null
  if (typeof text !== 'string' || !/T.*(Z|[+-]\d{2}:?\d{2})$/i.test(text)) return undefined
  const instant = DateTime.fromISO(text)
  return instant.isValid && instant.year >= 1970 && instant.year <= 9999 ? instant.toJSDate() : undefined
}

function isHangUp(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'
}

function answer(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ errors: [{ message, extensions: { code, retry: 'never' } }] })
}
