import { Router, type Request, type Response } from 'express'
import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { answerError } from '../../../platform/http/answer-error.js'
import { readInstant } from '../../../platform/http/read-instant.js'
import { sendFile } from '../../../platform/http/send-file.js'
import { exportConsent } from '../export-consent.js'

export interface ConsentRouterDeps {
  db: Db
  /** Whose history the request's own credential may read; null for nobody's. */
  identify: (request: Request) => Promise<{ accountId: AccountId; maySend: boolean } | null>
}

const formats = {
  '/consent.csv': { format: 'csv', type: 'text/csv; charset=utf-8', name: 'consent.csv' },
  '/consent.jsonl': { format: 'jsonl', type: 'application/x-ndjson; charset=utf-8', name: 'consent.jsonl' },
} as const

/**
 * `GET /consent.csv` and `GET /consent.jsonl` stream the history of consent, for counsel; `?phone=`, `?from=` and `?to=` (ISO
 * 8601 with an offset) narrow it. For operators and owners, because it is full of numbers. Outside GraphQL, because a
 * history has any length.
 */
export function consentRouter(deps: ConsentRouterDeps): Router {
  const router = Router()
  for (const path of ['/consent.csv', '/consent.jsonl'] as const)
    router.get(path, (request, response) => sendHistory(deps, request, response, path))
  return router
}

async function sendHistory(
  deps: ConsentRouterDeps,
  request: Request,
  response: Response,
  path: keyof typeof formats,
): Promise<void> {
  const reader = await deps.identify(request)
  if (reader === null) {
    answerError(response, 401, 'UNAUTHENTICATED', 'Send a valid session token or API key of an account.')
    return
  }
  if (!reader.maySend) {
    answerError(response, 403, 'FORBIDDEN', 'This needs the role of an operator.')
    return
  }
  const { format, type, name } = formats[path]
  const from = readInstant(request.query['from'])
  const to = readInstant(request.query['to'])
  const { phone } = request.query
  const isNumber = phone === undefined || typeof phone === 'string'
  const history =
    from === undefined || to === undefined || !isNumber
      ? null
      : exportConsent(deps.db, reader.accountId, { phone: phone ?? null, from, to, format })
  if (history === null) {
    answerError(
      response,
      400,
      'BAD_USER_INPUT',
      'phone begins with + and the country code, like +12125550123; from and to are ISO 8601 with an offset, for example 2026-03-01T00:00:00Z.',
    )
    return
  }
  await sendFile(response, { name, type }, history)
}
