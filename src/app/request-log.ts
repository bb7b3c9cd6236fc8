import type { RequestHandler } from 'express'
import { newId, type Brand } from '../kernel/ids.js'
import { runInRequest } from '../platform/observability/request-scope.js'
import type { AppContext } from './app-context.js'

/** Paths that may stand in logs and metrics; everything else, tokens in paths included, is summed up as `other`. */
const knownPaths = ['/graphql', '/healthz', '/readyz', '/metrics', '/'] as const
const KNOWN_PREFIXES = [
  '/webhooks/twilio/status',
  '/webhooks/twilio/inbound',
  '/webhooks/stripe',
  '/imports',
] as const

/** Gives each request an id, which its answer and its log lines carry, and measures it. */
export function requestLog(app: AppContext): RequestHandler {
  return (request, response, next) => {
    const given = request.headers['x-request-id']
    const isUsable = typeof given === 'string' && /^[A-Za-z0-9._-]{8,64}$/.test(given)
    const requestId = isUsable ? given : newId<Brand<string, 'RequestId'>>()
    const startedMs = app.clock.monotonicMs()
    response.setHeader('x-request-id', requestId)
    response.once('finish', () => {
      const durationMs = Math.round(app.clock.monotonicMs() - startedMs)
      const { method } = request
      const route = routeOf(request.path)
      const status = response.statusCode
      app.metrics.httpSeconds.observe({ method, route, status: String(status) }, durationMs / 1000)
      const level = route === '/healthz' || route === '/readyz' || route === '/metrics' ? 'debug' : 'info'
      app.logger[level]({ requestId, method, route, status, durationMs }, 'http.request')
    })
    runInRequest({ requestId }, next)
  }
}

function routeOf(path: string): string {
  const known = knownPaths.find((one) => one === path)
  return known ?? KNOWN_PREFIXES.find((prefix) => path.startsWith(prefix)) ?? 'other'
}
