import type { IncomingMessage, Server } from 'node:http'
import {
  execute,
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  type ExecutionArgs,
  type ExecutionResult,
} from 'graphql'
import type { Context, SubscribePayload } from 'graphql-ws'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocket, WebSocketServer } from 'ws'
import { newId, type Brand } from '../../kernel/ids.js'
import { bearerToken } from '../access/authenticator.js'
import { readCredential } from '../access/credential.js'
import { showsOwnAccount } from '../access/shown-account.js'
import type { Viewer } from '../access/viewer.js'
import { isOutage } from '../db/sql-errors.js'
import { clientAddress } from '../http/client-address.js'
import { GraphContext } from './context.js'
import { presentError } from './error-map.js'
import type { EndpointDeps } from './http-endpoint.js'
import { limits } from './limits.js'
import { CLOSE_FORBIDDEN, LiveSockets } from './live-sockets.js'
import { registeredQuery } from './registered-operations.js'
import { requestError, restarting, unauthenticated } from './request-errors.js'
import { RunningOperations } from './running-operations.js'
import { readSocketDocument } from './socket-document.js'
import { validationRules } from './validation-rules.js'

const CLOSE_UNAUTHORIZED = 4401
const CLOSE_INTERNAL = 4500
const CLOSE_TRY_AGAIN_LATER = 1013
const CLOSE_GOING_AWAY = 1001
const INIT_WAIT_MS = 3_000
/** A peer that answers no ping for this long is gone, or so slow that it had better start again from a snapshot. */
const KEEP_ALIVE_MS = 12_000
const DRAIN_GRACE_MS = 8_000
const CLOSE_GRACE_MS = 2_000

export interface SocketOptions {
  readonly path: string
  readonly recheckMs: number
}

export interface SocketEndpoint {
  /** Takes no new operations, waits for running ones, ends subscriptions and closes every socket. */
  drain(): Promise<void>
}

/** What the ws adapter puts beside each connection. */
type Extra = { socket: WebSocket; request: IncomingMessage } & Record<PropertyKey, unknown>
type SocketContext = Context<Record<string, unknown> | undefined, Extra>

/**
 * GraphQL over WebSocket (graphql-transport-ws). A socket signs in with `connection_init` and is somebody from then on:
 * 4401 when it cannot, 4403 when its session or key ends, or when the page behind it shows another account; 1013 when the
 * database is away. Sends wait for the socket, so that a slow reader stops its own subscriptions and nobody else's.
 */
export function createSocketEndpoint(
  httpServer: Server,
  deps: EndpointDeps,
  options: SocketOptions,
): SocketEndpoint {
  const sockets = new WebSocketServer({
    server: httpServer,
    path: options.path,
    maxPayload: limits.bodyBytesMax,
  })
  const live = new LiveSockets({ ...deps, clock: deps.services.clock, recheckMs: options.recheckMs })
  const rules = validationRules({ introspection: deps.introspection })
  const running = new RunningOperations()
  const state = { isDraining: false }

  const cleanup = useServer<Record<string, unknown> | undefined, Extra>(
    {
      connectionInitWaitTimeout: INIT_WAIT_MS,
      onConnect: (context) => (state.isDraining ? goAway(context) : signIn(deps, live, context)),
      onClose: (context) => {
        live.remove(context.extra.socket)
        running.forget(context)
      },
      onSubscribe: async (context, id, payload) => {
        if (state.isDraining) return [restarting()]
        const viewer = live.viewerOf(context.extra.socket)
        if (viewer === null) return [unauthenticated()]
        const admitted = await admitOrClose(deps, rules, { context, viewer, payload })
        const isStillAsked = id in context.subscriptions
        if (isStillAsked && !Array.isArray(admitted) && isAnsweredOnce(admitted)) running.start(context, id)
        return admitted
      },
      onComplete: (context, id) => {
        running.finish(context, id)
      },
      execute: (args) => measured(deps, args),
      onNext: (_context, _id, _payload, args, { data, extensions, errors }) =>
        errors === undefined
          ? undefined
          : {
              ...(data === undefined ? {} : { data }),
              ...(extensions === undefined ? {} : { extensions }),
              errors: errors.map((error) => present(deps, error, requestIdOf(args))),
            },
      onError: (_context, _id, _payload, errors) =>
        errors.map((error) => present(deps, error, newRequestId())),
    },
    sockets,
    KEEP_ALIVE_MS,
  )
  sockets.on('connection', (socket) => {
    // graphql-ws prints what a peer did wrong to the console; ws has closed the socket already when we hear of it.
    socket.removeAllListeners('error')
    socket.on('error', (error) => {
      deps.logger.debug({ err: error }, 'graphql.socket.error')
    })
  })
  return {
    drain: async () => {
      state.isDraining = true
      live.stop()
      await running.settle(DRAIN_GRACE_MS)
      await closeAll(sockets, cleanup)
    },
  }
}

function goAway(context: SocketContext): false {
  context.extra.socket.close(CLOSE_GOING_AWAY, 'Going away')
  return false
}

/** Sockets that signed in with the console's cookie. */
const consoleSockets = new WeakSet<WebSocket>()

/** A page cannot read its cookie, so it comes with the handshake; everybody else says who they are in `connection_init`. */
function tokenOf({ connectionParams, extra }: SocketContext): { token: string | null; isConsole: boolean } {
  const given = connectionParams?.['authorization']
  if (given !== undefined) return { token: bearerToken(given), isConsole: false }
  const credential = readCredential(extra.request.headers)
  return credential.kind === 'console'
    ? { token: credential.token, isConsole: true }
    : { token: null, isConsole: false }
}

/** What the HTTP requests of a page say in a header; browsers let no page set headers of a handshake. */
function shownBy({ connectionParams }: SocketContext): unknown {
  return connectionParams?.['account']
}

/** The first close wins, so that our code reaches the client and not the 4403 that graphql-ws sends for `false`. */
async function signIn(deps: EndpointDeps, live: LiveSockets, context: SocketContext): Promise<boolean> {
  const { socket } = context.extra
  try {
    const { token, isConsole } = tokenOf(context)
    const authenticated = token === null ? null : await deps.authenticator.authenticate(token)
    if (socket.readyState !== WebSocket.OPEN) return false
    if (authenticated === null) {
      socket.close(CLOSE_UNAUTHORIZED, 'Unauthorized')
      return false
    }
    if (isConsole && !showsOwnAccount(authenticated.viewer, shownBy(context))) {
      socket.close(CLOSE_FORBIDDEN, 'The account has changed')
      return false
    }
    live.add(socket, authenticated)
    if (isConsole) consoleSockets.add(socket)
    return true
  } catch (error) {
    deps.logger.error({ err: error }, 'graphql.socket.sign-in-failed')
    closeAfter(error, socket)
    return false
  }
}

/** To clients 4500 means a bug, after which they do not come back. */
function closeAfter(error: unknown, socket: WebSocket): void {
  if (isOutage(error)) socket.close(CLOSE_TRY_AGAIN_LATER, 'Try again later')
  else socket.close(CLOSE_INTERNAL, 'Internal error')
}

interface Admission {
  readonly context: SocketContext
  readonly viewer: Viewer
  readonly payload: SubscribePayload
}

/** Whoever comes back asks again for all that ran on the socket; an operation that had failed would be over for good. */
async function admitOrClose(
  deps: EndpointDeps,
  rules: ReturnType<typeof validationRules>,
  admission: Admission,
): Promise<ExecutionArgs | GraphQLError[]> {
  try {
    return await admitOperation(deps, rules, admission)
  } catch (error) {
    closeAfter(error, admission.context.extra.socket)
    return [
      new GraphQLError('Internal error', { originalError: new Error('not admitted', { cause: error }) }),
    ]
  }
}

async function admitOperation(
  deps: EndpointDeps,
  rules: ReturnType<typeof validationRules>,
  { context, viewer, payload }: Admission,
): Promise<ExecutionArgs | GraphQLError[]> {
  if (Object.keys(context.subscriptions).length > limits.subscriptionsPerSocketMax) {
    const message = `A socket carries at most ${limits.subscriptionsPerSocketMax} operations at a time.`
    return [requestError('TOO_MANY_SUBSCRIPTIONS', message)]
  }
  const isConsole = consoleSockets.has(context.extra.socket)
  const registered = await registeredQuery(deps, { viewer, isConsole }, payload)
  if (registered instanceof Error) return [registered]
  const { query } = registered === 'any' ? payload : registered
  const variables = payload.variables ?? {}
  const operationName = payload.operationName ?? undefined
  const document = readSocketDocument(deps.schema, rules, { query, variables, operationName })
  if (Array.isArray(document)) return document
  const contextValue = new GraphContext(deps.services, {
    requestId: newRequestId(),
    viewer,
    clientAddress: clientAddress(context.extra.request, deps.trustedProxies),
    logger: deps.logger,
  })
  return { schema: deps.schema, document, operationName, variableValues: variables, contextValue }
}

function isAnsweredOnce({ document, operationName }: ExecutionArgs): boolean {
  return getOperationAST(document, operationName)?.operation !== OperationTypeNode.SUBSCRIPTION
}

async function measured(deps: EndpointDeps, args: ExecutionArgs): Promise<ExecutionResult> {
  const startedMs = deps.services.clock.monotonicMs()
  const result = await execute(args)
  const outcome = result.errors === undefined ? 'ok' : 'error'
  const seconds = (deps.services.clock.monotonicMs() - startedMs) / 1000
  deps.metrics.graphqlSeconds.observe({ field: 'any', transport: 'socket', outcome }, seconds)
  return result
}

function present(deps: EndpointDeps, error: unknown, requestId: string): ReturnType<typeof presentError> {
  return presentError(error, { requestId, logger: deps.logger, showSuggestions: deps.introspection })
}

function requestIdOf(args: ExecutionArgs): string {
  return args.contextValue instanceof GraphContext ? args.contextValue.requestId : newRequestId()
}

function newRequestId(): string {
  return newId<Brand<string, 'RequestId'>>()
}

/** Says goodbye to every socket, and hangs up on those that do not answer. */
async function closeAll(
  sockets: WebSocketServer,
  cleanup: { dispose: () => void | Promise<void> },
): Promise<void> {
  const hangUp = setTimeout(() => {
    for (const socket of sockets.clients) socket.terminate()
  }, CLOSE_GRACE_MS)
  await cleanup.dispose()
  clearTimeout(hangUp)
}
