import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type Express } from 'express'
import {
  createHttpEndpoint,
  createSocketEndpoint,
  limits,
  type EndpointDeps,
} from '../platform/graphql/index.js'
import { makeAuthenticator, registeredOperation } from '../slices/accounts/index.js'
import type { AppContext } from './app-context.js'
import { billingReturnRouter } from './billing/return-pages.js'
import { createApiSchema } from './graphql-schema.js'
import { answerErrors, answerNotFound } from './http-errors.js'
import { importRoutes } from './import-routes.js'
import { consoleFiles, readConsoleOperations } from './console/console-files.js'
import { consoleRouter } from './console/console-routes.js'
import { landingRouter } from './landing/landing-routes.js'
import { operationsRouter } from './operations-routes.js'
import { requestLog } from './request-log.js'
import type { AppResolver } from './resolvers.js'
import { sessionRoutes } from './session-routes.js'
import { statementRoutes } from './statement-routes.js'
import { webhookRouter, webhookRoutes } from './webhook-routes.js'

export interface HttpServer {
  readonly port: number
  readonly address: string
  /** Not ready from now on, so that no new work is sent here, and still serving whatever comes. */
  announceDrain(): void
  /** Not ready from now on; finishes what is running, ends subscriptions, closes. Safe to call twice. */
  drain(): Promise<void>
}

export interface HttpServerOptions {
  /** False for a worker, which only answers about its health. */
  readonly servesApi: boolean
  /** How soon a revoked session ends its sockets, at most. */
  readonly socketRecheckMs?: number
  /** Other resolvers than those of the program. */
  readonly resolvers?: readonly AppResolver[]
}

const SOCKET_RECHECK_MS = 2_000
const GRAPHQL_PATH = '/graphql'

/** Starts listening. With `servesApi`: GraphQL on both transports, webhooks and the landing page, on one port. */
export async function startHttpServer(app: AppContext, options: HttpServerOptions): Promise<HttpServer> {
  const state: { isLeaving: boolean; draining: Promise<void> | null } = { isLeaving: false, draining: null }
  const web = express()
  web.disable('x-powered-by')
  web.use(requestLog(app), setSafeHeaders)
  web.use(operationsRouter(app, () => state.isLeaving))
  const server = createServer(web)
  const stop = options.servesApi ? await serveApi(app, { web, server, options }) : () => closeServer(server)
  web.use(answerNotFound, answerErrors(app))
  await listen(server, app)
  const { port } = server.address() as AddressInfo
  app.logger.info({ port, role: app.config.role }, 'http.listening')
  return {
    port,
    address: `http://127.0.0.1:${port}`,
    announceDrain: () => {
      state.isLeaving = true
    },
    drain: () => {
      state.isLeaving = true
      state.draining ??= stop()
      return state.draining
    },
  }
}

interface ApiParts {
  readonly web: Express
  readonly server: Server
  readonly options: HttpServerOptions
}

async function serveApi(app: AppContext, { web, server, options }: ApiParts): Promise<() => Promise<void>> {
  const files = consoleFiles()
  const deps: EndpointDeps = {
    schema: await createApiSchema(app, options.resolvers),
    authenticator: makeAuthenticator(app),
    services: app,
    logger: app.logger,
    metrics: app.metrics,
    introspection: app.config.introspection,
    trustedProxies: app.config.trustedProxies,
    consoleOperations: await readConsoleOperations(files),
    registeredOperation: (apiKeyId, hash) => registeredOperation(app, apiKeyId, hash),
  }
  const sockets = createSocketEndpoint(server, deps, {
    path: GRAPHQL_PATH,
    recheckMs: options.socketRecheckMs ?? SOCKET_RECHECK_MS,
  })
  const endpoint = await createHttpEndpoint(server, deps)
  web.use(webhookRouter(webhookRoutes(app), app.logger))
  web.use(importRoutes(app, deps.authenticator))
  web.use(statementRoutes(app, deps.authenticator))
  web.use(sessionRoutes(app, deps.authenticator))
  web.use(GRAPHQL_PATH, express.json({ limit: limits.bodyBytesMax }), endpoint.handler)
  web.use(billingReturnRouter())
  web.use(landingRouter())
  web.use(consoleRouter(files))
  return async () => {
    await sockets.drain()
    await endpoint.stop()
  }
}

const setSafeHeaders: express.RequestHandler = (_request, response, next) => {
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('referrer-policy', 'no-referrer')
  response.setHeader('x-frame-options', 'DENY')
  next()
}

function listen(server: Server, app: AppContext): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(app.config.port, app.config.host, () => {
      server.removeListener('error', reject)
      resolve()
    })
  })
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve()
    })
    server.closeIdleConnections()
  })
}
