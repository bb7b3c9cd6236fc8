import type { Server } from 'node:http'
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server'
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled'
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer'
import { expressMiddleware } from '@as-integrations/express5'
import { Router, type Request, type RequestHandler } from 'express'
import { Kind, OperationTypeNode, type GraphQLSchema } from 'graphql'
import type { Authenticator } from '../access/authenticator.js'
import { readCredential } from '../access/credential.js'
import { identify, isLeftBehind } from '../access/identify.js'
import type { Viewer } from '../access/viewer.js'
import { clientAddress } from '../http/client-address.js'
import type { Logger } from '../observability/logger.js'
import type { Metrics } from '../observability/metrics.js'
import { currentRequestId } from '../observability/request-scope.js'
import { nameSpan } from '../observability/spans.js'
import { GraphContext, type GraphServices } from './context.js'
import { refuseCostly } from './cost.js'
import { presentError } from './error-map.js'
import { limits } from './limits.js'
import { acceptRegisteredOperations, type Registrations } from './registered-operations.js'
import { accountChanged, requestError, unauthenticated } from './request-errors.js'
import { validationRules } from './validation-rules.js'

export interface EndpointDeps extends Registrations {
  readonly schema: GraphQLSchema
  readonly authenticator: Authenticator
  readonly services: GraphServices
  readonly logger: Logger
  readonly metrics: Metrics
  /** Whether callers may read the schema from the server; it also decides about "Did you mean …?". */
  readonly introspection: boolean
  /** How many reverse proxies of our own each request passes. */
  readonly trustedProxies: number
}

export interface HttpEndpoint {
  readonly handler: RequestHandler
  /**
   * Stops accepting, waits for requests in flight, then closes the HTTP server. Drain the sockets before: to the code
   * that closes idle connections, an open socket is one.
   */
  stop(): Promise<void>
}

const DRAIN_GRACE_MS = 10_000

/** GraphQL over HTTP on this server. */
export async function createHttpEndpoint(httpServer: Server, deps: EndpointDeps): Promise<HttpEndpoint> {
  const server = new ApolloServer<GraphContext>({
    schema: deps.schema,
    // Introspection is decided by our own rules, which both transports share.
    introspection: true,
    validationRules: validationRules({ introspection: deps.introspection }),
    parseOptions: { maxLexicalTokens: limits.tokensMax },
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    // It would end the process after Apollo's own stop, before ours has finished.
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    logger: apolloLogger(deps.logger),
    formatError: (_formatted, error) => presentError(error, presentationOf(deps)),
    plugins: [
      ApolloServerPluginDrainHttpServer({ httpServer, stopGracePeriodMillis: DRAIN_GRACE_MS }),
      ApolloServerPluginLandingPageDisabled(),
      operationChecks(deps),
    ],
  })
  await server.start()
  const viewers = new WeakMap<Request, Promise<Viewer | null>>()
  /** Found once for each request. */
  const viewerOf = (request: Request): Promise<Viewer | null> => {
    const found = viewers.get(request) ?? identify(deps.authenticator, request.headers)
    viewers.set(request, found)
    return found
  }
  return {
    handler: Router()
      .use(acceptRegisteredOperations(deps, viewerOf))
      .use(expressMiddleware(server, { context: async ({ req }) => contextOf(deps, req, viewerOf) })),
    stop: () => server.stop(),
  }
}

function presentationOf(deps: EndpointDeps): Parameters<typeof presentError>[1] {
  return { requestId: currentRequestId(), logger: deps.logger, showSuggestions: deps.introspection }
}

/** A request without credentials is anonymous; one with credentials that do not hold is refused as a whole. */
async function contextOf(
  deps: EndpointDeps,
  request: Request,
  viewerOf: (request: Request) => Promise<Viewer | null>,
): Promise<GraphContext> {
  const viewer = await viewerOf(request)
  if (viewer === null && readCredential(request.headers).kind !== 'none') throw unauthenticated()
  if (viewer !== null && isLeftBehind(viewer, request.headers)) throw accountChanged()
  return new GraphContext(deps.services, {
    requestId: currentRequestId(),
    viewer,
    clientAddress: clientAddress(request, deps.trustedProxies),
    logger: deps.logger,
  })
}

/** What needs the operation and its variables: cost, and the one kind of operation that HTTP cannot carry. */
function operationChecks(deps: EndpointDeps): ApolloServerPlugin<GraphContext> {
  return {
    requestDidStart: () => {
      const startedMs = deps.services.clock.monotonicMs()
      let field = 'none'
      return Promise.resolve({
        didResolveOperation: ({ request, document, operation }) => {
          if (operation?.operation === OperationTypeNode.SUBSCRIPTION) {
            throw requestError('BAD_REQUEST', 'Subscriptions run over WebSocket, at this same address.', 400)
          }
          const first = operation?.selectionSet.selections[0]
          if (first?.kind === Kind.FIELD) field = first.name.value
          nameSpan(`graphql ${field}`)
          const variables: Record<string, unknown> = request.variables ?? {}
          refuseCostly({ schema: deps.schema, document, variables, operationName: operation?.name?.value })
          return Promise.resolve()
        },
        willSendResponse: ({ errors }) => {
          const outcome = errors === undefined ? 'ok' : 'error'
          const seconds = (deps.services.clock.monotonicMs() - startedMs) / 1000
          deps.metrics.graphqlSeconds.observe({ field, transport: 'http', outcome }, seconds)
          return Promise.resolve()
        },
      })
    },
  }
}

function apolloLogger(
  logger: Logger,
): Record<'debug' | 'info' | 'warn' | 'error', (message?: unknown) => void> {
  const say = (level: 'debug' | 'info' | 'warn' | 'error') => (message?: unknown) => {
    logger[level]({ error: String(message) }, 'graphql.server')
  }
  return { debug: say('debug'), info: say('debug'), warn: say('warn'), error: say('error') }
}
