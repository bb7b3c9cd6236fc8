import type { RequestHandler, Response } from 'express'
import type { GraphQLError } from 'graphql'
import { readCredential } from '../access/credential.js'
import { notRegistered, unauthenticated } from './request-errors.js'

/** The operations that were built with the console, by the hash that it sends instead of their text. */
export type ConsoleOperations = ReadonlyMap<string, string>

const HASH = /^[0-9a-f]{64}$/

/**
 * The text of the operation that a session of the console asks for; null when it is none of the console's own. A text that
 * comes along is not looked at: whoever gets hold of a page of ours can do what its buttons do, and no more.
 */
export function consoleQuery(operations: ConsoleOperations, body: unknown): string | null {
  const hash = hashOf(body)
  return hash === null ? null : (operations.get(hash) ?? null)
}

function hashOf(body: unknown): string | null {
  if (!isRecord(body) || !isRecord(body['extensions'])) return null
  const persisted = body['extensions']['persistedQuery']
  const hash = isRecord(persisted) ? persisted['sha256Hash'] : undefined
  return typeof hash === 'string' && HASH.test(hash) ? hash : null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** Over HTTP: puts the text in the place of the hash. Requests of everybody else pass as they are. */
export function acceptConsoleOperations(operations: ConsoleOperations): RequestHandler {
  return (request, response, next) => {
    const body: unknown = request.body
    const { kind } = readCredential(request.headers)
    if (kind === 'none' && isHashOnly(body)) {
      answer(response, unauthenticated(), 401)
      return
    }
    if (kind !== 'console') {
      next()
      return
    }
    const query = request.method === 'POST' ? consoleQuery(operations, body) : null
    if (query === null) {
      answer(response, notRegistered(), 400)
      return
    }
    request.body = { query, ...variablesOf(body) }
    next()
  }
}

/** Left out where there are none: Apollo takes an undefined one for a fault. */
function variablesOf(body: unknown): { variables?: unknown } {
  return isRecord(body) && body['variables'] !== undefined ? { variables: body['variables'] } : {}
}

/** The console before anybody has signed in. */
function isHashOnly(body: unknown): boolean {
  return hashOf(body) !== null && isRecord(body) && body['query'] === undefined
}

function answer(response: Response, { message, extensions }: GraphQLError, status: number): void {
  response
    .status(status)
    .json({ errors: [{ message, extensions: { code: extensions['code'], retry: 'never' } }] })
}
