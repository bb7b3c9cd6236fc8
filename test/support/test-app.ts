import { createAppContext, type AppContext, type AppOverrides } from '../../src/app/app-context.js'
import { startHttpServer, type HttpServer, type HttpServerOptions } from '../../src/app/http-server.js'
import type { Config } from '../../src/config/config.js'
import { silentLogger } from '../../src/platform/observability/logger.js'
import { createTestDatabase } from './database.js'
import { graphqlClient, type GraphqlClient } from './graphql-client.js'
import { openSocket, type TestSocket } from './ws-client.js'

export interface TestApp {
  app: AppContext
  http: HttpServer
  /** `http://127.0.0.1:…` */
  url: string
  /** GraphQL over HTTP, as nobody or with a session token or API key. */
  as(token?: string): GraphqlClient
  /** GraphQL over WebSocket; resolves when the server has acknowledged or closed. */
  socket(token?: string): Promise<TestSocket>
  stop(): Promise<void>
}

export interface TestAppOptions extends Partial<HttpServerOptions> {
  overrides?: AppOverrides
  config?: Partial<Config>
}

/** The real server on a port of its own, with a database of its own. Nothing in it knows that it is being tested. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { overrides, config, ...server } = options
  const database = await createTestDatabase()
  const app = await createAppContext(
    { ...testConfig(database.url), ...config },
    { logger: silentLogger, ...overrides },
  )
  const http = await startHttpServer(app, { servesApi: true, socketRecheckMs: 50, ...server })
  return {
    app,
    http,
    url: http.address,
    as: (token) => graphqlClient(http.address, token),
    socket: (token) => openSocket(http.address, token),
    stop: async () => {
      await http.drain()
      await app.dispose()
      await database.drop()
    },
  }
}

/** A whole configuration, pointing at a carrier that is not there: tests that send bring their own. */
export function testConfig(databaseUrl: string): Config {
  return {
    databaseUrl,
    databasePoolSize: 10,
    mongodbUrl: null,
    carrier: {
      accountSid: `AC${'0'.repeat(32)}`,
      authTokens: ['test-auth-token'],
      sender: '+15005550006',
      apiBaseUrl: 'http://127.0.0.1:9',
      oauth: null,
      timeoutMs: 2_000,
      credentialTtlMs: 60_000,
      segmentsPerSecond: null,
    },
    billing: null,
    email: null,
    webhookPrivateTargets: true,
    publicBaseUrl: 'http://tollgate.test',
    trustedProxies: 0,
    sessionSecret: 'test-session-secret',
    port: 0,
    host: '127.0.0.1',
    role: 'api',
    production: false,
    introspection: true,
    crashAt: null,
    logLevel: 'silent',
    tracesEndpoint: null,
    protocol: {
      concurrency: 20,
      batchSize: 50,
      clockSkewMs: 1_000,
      listLagMs: 2_000,
      validityMs: 14_400_000,
      sweepIntervalMs: 1_000,
      retryFirstMs: 1_000,
      auditFullMs: 86_400_000,
      forecastPerSecond: 10,
    },
  }
}
