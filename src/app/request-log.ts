import type { RequestHandler } from 'express'
import { newId, type Brand } from '../kernel/ids.js'
import { startRequestSpan } from '../platform/observability/spans.js'
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

/** Asked all the time, by machines: neither traced nor shown at the usual level of the log. */
const probes: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics'])

/** Gives each request an id, which its answer and its log lines carry, and measures it. */
export function requestLog(app: AppContext): RequestHandler {
  return (request, response, next) => {
    const given = request.headers['x-request-id']
    const isUsable = typeof given === 'string' && /^[A-Za-z0-9._-]{8,64}$/.test(given)
    const requestId = isUsable ? given : newId<Brand<string, 'RequestId'>>()
    const startedMs = app.clock.monotonicMs()
    const route = routeOf(request.path)
    const isProbe = probes.has(route)
    const span = isProbe ? null : startRequestSpan(`${request.method} ${route}`, request.headers, requestId)
    response.setHeader('x-request-id', requestId)
    // Also when the caller has gone before its answer.
    response.once('close', () => span?.end(response.statusCode))
    response.once('finish', () => {
      const durationMs = Math.round(app.clock.monotonicMs() - startedMs)
      const { method } = request
      const status = response.statusCode
      app.metrics.httpSeconds.observe({ method, route, status: String(status) }, durationMs / 1000)
      app.logger[isProbe ? 'debug' : 'info']({ requestId, method, route, status, durationMs }, 'http.request')
    })
    const work = (): void => runInRequest({ requestId }, next)
    if (span === null) work()
    else span.run(work)
  }
}

function routeOf(path: string): string {
  const known = knownPaths.find((one) => one === path)
  return known ?? KNOWN_PREFIXES.find((prefix) => path.startsWith(prefix)) ?? 'other'
}
