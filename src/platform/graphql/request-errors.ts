import { GraphQLError } from 'graphql'
import { ACCOUNT_CHANGED_MESSAGE } from '../access/shown-account.js'

/** The codes that the API answers with besides the `slice.reason` codes of AppError. Part of the contract. */
export const requestErrorCodes = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'ACCOUNT_CHANGED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_NOT_REGISTERED',
  'QUERY_TOO_COSTLY',
  'TOO_MANY_SUBSCRIPTIONS',
  'SERVER_RESTARTING',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'INTERNAL',
] as const
export type RequestErrorCode = (typeof requestErrorCodes)[number]

export function requestError(code: RequestErrorCode, message: string, httpStatus?: number): GraphQLError {
  const http = httpStatus === undefined ? {} : { http: { status: httpStatus } }
  return new GraphQLError(message, { extensions: { code, ...http } })
}

/** No valid credential. The same words for missing, unknown, expired and revoked ones. */
export function unauthenticated(): GraphQLError {
  return requestError('UNAUTHENTICATED', 'Sign in first: send a valid session token or API key.', 401)
}

export function forbidden(message: string): GraphQLError {
  return requestError('FORBIDDEN', message)
}

/** A page of the console that shows an account in which its session does not work any more. */
export function accountChanged(): GraphQLError {
  return requestError('ACCOUNT_CHANGED', ACCOUNT_CHANGED_MESSAGE, 409)
}

/** The one refusal that is not about the request: another process, or this one in a moment, takes it. */
export function restarting(): GraphQLError {
  return requestError('SERVER_RESTARTING', 'The server is restarting; connect again.')
}

/** A partner's key runs what was registered for it, and nothing else. */
export function notRegistered(): GraphQLError {
  const message =
    'This key runs registered operations only: send `extensions.persistedQuery.sha256Hash` of one that an owner has registered for it.'
  return requestError('OPERATION_NOT_REGISTERED', message, 400)
}

/** The console's sessions run what was built with the console, and nothing else. */
export function notOfConsole(): GraphQLError {
  const message = 'This operation is not one of the console. Reload the page; programs use an API key.'
  return requestError('OPERATION_NOT_REGISTERED', message, 400)
}

/** An argument that no later retry can make valid. */
export function badUserInput(message: string): GraphQLError {
  return requestError('BAD_USER_INPUT', message)
}
