import type { RequestHandler, Response } from 'express'
import type { GraphQLError } from 'graphql'
import type { ApiKeyId } from '../../kernel/ids.js'
import { readCredential } from '../access/credential.js'
import type { Viewer } from '../access/viewer.js'
import { notOfConsole, notRegistered, unauthenticated } from './request-errors.js'

/** The operations that were built with the console, by the hash that it sends instead of their text. */
export type ConsoleOperations = ReadonlyMap<string, string>

export interface Registrations {
  /** All that a session of the console may run. */
  readonly consoleOperations: ConsoleOperations
  /** The text that a partner's key may run under this hash; null when it is none of its own. */
  readonly registeredOperation: (apiKeyId: ApiKeyId, hash: string) => Promise<string | null>
}

/** Who asks; `isConsole` when by the console's cookie. */
export interface Asker {
  readonly viewer: Viewer | null
  readonly isConsole: boolean
}

const HASH = /^[0-9a-f]{64}$/

/**
 * The text to run when this one may run only what was registered: that of the hash, or the error when there is none. A text
 * that comes along is not looked at: whoever gets hold of a page of ours or of a partner's key can do what those do, and no
 * more. `any` when the asker may run any text.
 */
export async function registeredQuery(
  { consoleOperations, registeredOperation }: Registrations,
  { viewer, isConsole }: Asker,
  body: unknown,
): Promise<{ query: string } | GraphQLError | 'any'> {
  const hash = hashOf(body)
  if (isConsole) {
    const query = hash === null ? undefined : consoleOperations.get(hash)
    return query === undefined ? notOfConsole() : { query }
  }
  if (viewer?.kind !== 'apiKey' || !viewer.operationsOnly) return 'any'
  const query = hash === null ? null : await registeredOperation(viewer.apiKeyId, hash)
  return query === null ? notRegistered() : { query }
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

/**
 * Over HTTP: puts the text in the place of the hash. Requests of everybody else pass as they are, and so do those with
 * credentials that do not hold: they are refused with all others.
 */
export function acceptRegisteredOperations(
  registrations: Registrations,
  viewerOf: (request: Parameters<RequestHandler>[0]) => Promise<Viewer | null>,
): RequestHandler {
  return async (request, response, next) => {
    const body: unknown = request.body
    const { kind } = readCredential(request.headers)
    if (kind === 'none' && isHashOnly(body)) {
      answer(response, unauthenticated(), 401)
      return
    }
    const isConsole = kind === 'console'
    const viewer = kind === 'bearer' ? await viewerOf(request) : null
    const asked = request.method === 'POST' ? body : null
    const admitted = await registeredQuery(registrations, { viewer, isConsole }, asked)
    if (admitted instanceof Error) {
      answer(response, admitted, 400)
      return
    }
    if (admitted !== 'any') request.body = { ...admitted, ...variablesOf(body) }
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
