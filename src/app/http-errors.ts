import type { ErrorRequestHandler, RequestHandler } from 'express'
import { ACCOUNT_CHANGED_MESSAGE } from '../platform/access/shown-account.js'
import { currentRequestId } from '../platform/observability/request-scope.js'
import type { AppContext } from './app-context.js'

/** Faults that Express and its body parsers find before a handler runs, in the shape of the API's errors. */
export function answerErrors(app: AppContext): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error)
      return
    }
    const status = statusOf(error)
    const requestId = currentRequestId()
    if (status >= 500) app.logger.error({ requestId, err: error }, 'http.internal-error')
    const fault = faults[status] ?? { code: 'INTERNAL', message: 'Internal error' }
    response.status(status).json({
      errors: [{ message: fault.message, extensions: { code: fault.code, retry: 'never', requestId } }],
    })
  }
}

export const answerNotFound: RequestHandler = (_request, response) => {
  response
    .status(404)
    .json({ errors: [{ message: 'There is nothing at this address.', extensions: { code: 'NOT_FOUND' } }] })
}

const faults: Readonly<Record<number, { code: string; message: string }>> = {
  400: { code: 'BAD_REQUEST', message: 'The request could not be read.' },
  409: { code: 'ACCOUNT_CHANGED', message: ACCOUNT_CHANGED_MESSAGE },
  413: { code: 'BAD_REQUEST', message: 'The request is larger than 1 MiB.' },
  415: { code: 'BAD_REQUEST', message: 'The encoding of the request is not supported.' },
}

/** Only statuses that we have words for pass; anything else is a fault of ours. */
function statusOf(error: unknown): number {
  const status: unknown =
    typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined
  return typeof status === 'number' && status in faults ? status : 500
}
