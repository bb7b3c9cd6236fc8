import { Router, type Request, type Response } from 'express'
import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { ACCOUNT_CHANGED_MESSAGE } from '../../../platform/access/shown-account.js'
import { answerError } from '../../../platform/http/answer-error.js'
import { readInstant } from '../../../platform/http/read-instant.js'
import { sendFile } from '../../../platform/http/send-file.js'
import { statementCsv } from '../open-statement.js'

export interface StatementRouterDeps {
  db: Db
  /** Whose statement the request's own credential may read; null for nobody's. */
  identify: (request: Request) => Promise<{ accountId: AccountId } | null>
}

/**
 * `GET /statement.csv` streams the account's statement, oldest first; `?since=` and `?until=` (ISO 8601 with an offset)
 * bound it, and `?account=` lets it be this account's or nobody's. Outside GraphQL, because a statement has any length and
 * passes through here in pieces.
 */
export function statementRouter(deps: StatementRouterDeps): Router {
  const router = Router()
  router.get('/statement.csv', (request, response) => sendStatement(deps, request, response))
  return router
}

async function sendStatement(deps: StatementRouterDeps, request: Request, response: Response): Promise<void> {
  const reader = await deps.identify(request)
  if (reader === null) {
    answerError(response, 401, 'UNAUTHENTICATED', 'Send a valid session token or API key of an account.')
    return
  }
  const { account: asked } = request.query
  if (asked !== undefined && asked !== reader.accountId) {
    answerError(response, 409, 'ACCOUNT_CHANGED', ACCOUNT_CHANGED_MESSAGE)
    return
  }
  const since = readInstant(request.query['since'])
  const until = readInstant(request.query['until'])
  if (since === undefined || until === undefined) {
    answerError(
      response,
      400,
      'BAD_USER_INPUT',
      'since and until are ISO 8601 with an offset, for example 2026-03-01T00:00:00Z.',
    )
    return
  }
  const content = statementCsv(deps.db, reader.accountId, { since, until })
  await sendFile(response, { name: 'statement.csv', type: 'text/csv; charset=utf-8' }, content)
}
