import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Router, type Request, type Response } from 'express'
import { DateTime } from 'luxon'
import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
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
    response.setHeader('www-authenticate', 'Bearer')
    answer(response, 401, 'UNAUTHENTICATED', 'Send a valid session token or API key of an account.')
    return
  }
  if (!reader.maySend) {
    answer(response, 403, 'FORBIDDEN', 'This needs the role of an operator.')
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
    answer(
      response,
      400,
      'BAD_USER_INPUT',
      'phone is a number like +12125550123; from and to are ISO 8601 with an offset, for example 2026-03-01T00:00:00Z.',
    )
    return
  }
  response.status(200).type(type)
  response.setHeader('content-disposition', `attachment; filename="${name}"`)
  response.setHeader('cache-control', 'no-store')
  try {
    await pipeline(Readable.from(history), response)
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
