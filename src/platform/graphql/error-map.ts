import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { AppError } from '../../kernel/errors.js'
import type { Logger } from '../observability/logger.js'
import { requestErrorCodes } from './request-errors.js'

export interface Presentation {
  readonly requestId: string
  readonly logger: Logger
  /** False hides "Did you mean …?", which would spell out the schema to whoever may not read it. */
  readonly showSuggestions: boolean
}

const requestCodes: ReadonlySet<unknown> = new Set(requestErrorCodes)
/** Apollo's own names for faults of the request, as ours. */
const translated: Readonly<Record<string, string>> = { PERSISTED_QUERY_NOT_SUPPORTED: 'BAD_REQUEST' }

/**
 * The one place where an error becomes something that a caller sees. An AppError shows its public message and code, a
 * fault of the request its own message; anything else is a bug, shown as "Internal error" and logged with its cause.
 */
export function presentError(error: unknown, presentation: Presentation): GraphQLFormattedError {
  const cause = causeOf(error)
  if (cause instanceof AppError) return presentAppError(cause, error, presentation)
  const code = requestFaultCode(error, cause)
  if (code === null) return presentBug(cause, error, presentation)
  const { message } = error as GraphQLError
  const shown = presentation.showSuggestions ? message : message.replace(/\s*Did you mean .*$/s, '')
  const retry = code === 'SERVER_RESTARTING' ? 'later' : 'never'
  return format(shown, { code, retry }, error, presentation)
}

function presentAppError(cause: AppError, error: unknown, presentation: Presentation): GraphQLFormattedError {
  presentation.logger.warn(
    { requestId: presentation.requestId, code: cause.code, err: cause },
    'graphql.error',
  )
  return format(cause.publicMessage, { code: cause.code, retry: cause.retry }, error, presentation)
}

function presentBug(cause: unknown, error: unknown, presentation: Presentation): GraphQLFormattedError {
  presentation.logger.error({ requestId: presentation.requestId, err: cause }, 'graphql.internal-error')
  return format('Internal error', { code: 'INTERNAL', retry: 'unknown-outcome' }, error, presentation)
}

/** The innermost error: GraphQL wraps what a resolver threw, sometimes twice. */
function causeOf(error: unknown): unknown {
  let cause = error
  for (let level = 0; level < 5; level += 1) {
    if (!(cause instanceof GraphQLError) || cause.originalError === undefined) return cause
    cause = cause.originalError
  }
  return cause
}

/**
 * The code of a fault that the caller made, or null for a bug of ours. During execution only errors with a code of ours,
 * or about a place in the caller's document, are faults; the rest come from our resolvers or from serialising.
 */
function requestFaultCode(error: unknown, cause: unknown): string | null {
  if (!(cause instanceof GraphQLError) || !(error instanceof GraphQLError)) return null
  const own = cause.extensions['code'] ?? error.extensions['code']
  if (requestCodes.has(own)) return own as string
  if (typeof own === 'string' && translated[own] !== undefined) return translated[own]
  const duringExecution = error.path !== undefined
  if (duringExecution) return cause.nodes === undefined ? null : 'BAD_USER_INPUT'
  return own === undefined || own === 'BAD_REQUEST' ? 'BAD_REQUEST' : null
}

function format(
  message: string,
  facts: { code: string; retry: string },
  error: unknown,
  presentation: Presentation,
): GraphQLFormattedError {
  const place = error instanceof GraphQLError ? error : undefined
  return {
    message,
    ...(place?.locations === undefined ? {} : { locations: place.locations }),
    ...(place?.path === undefined ? {} : { path: place.path }),
    extensions: { ...facts, requestId: presentation.requestId },
  }
}
