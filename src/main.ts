import 'reflect-metadata'
import { createAppContext } from './app/app-context.js'
import { addAuditMetrics } from './app/audit/audit-metrics.js'
import { startHttpServer } from './app/http-server.js'
import { startWorker } from './app/worker.js'
import { loadConfig } from './config/config.js'
import { trustTransactions } from './platform/db/transaction.js'
import { armCrashPoint } from './platform/faults/crash-point.js'
import type { Tracing } from './platform/observability/tracing.js'

const config = loadConfig()
if (config.production) trustTransactions()
armCrashPoint(config.crashAt)
const tracing = await startTraces()
const app = await createAppContext(config)
addAuditMetrics(app)
const http = await startHttpServer(app, { servesApi: config.role !== 'worker' })
const worker = config.role === 'api' ? null : await startWorker(app)

/** Loaded only where a collector listens, and before anything connects. */
async function startTraces(): Promise<Tracing | null> {
  if (config.tracesEndpoint === null) return null
  const { startTracing } = await import('./platform/observability/tracing.js')
  return startTracing({ endpoint: config.tracesEndpoint, role: config.role })
}

/** Texts under way are posted and settled within the carrier's deadline and a few transactions. */
const DRAIN_TIMEOUT_MS = 25_000

let stopping: Promise<void> | null = null
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    stopping ??= stop(signal)
  })
}

/** Stops taking work, finishes what is running, then lets go of the connections. */
async function stop(signal: string): Promise<void> {
  app.logger.info({ signal }, 'process.draining')
  http.announceDrain()
  // The worker first: callbacks for what it still sends are taken meanwhile.
  await worker?.drain(DRAIN_TIMEOUT_MS)
  await http.drain()
  await app.dispose()
  await tracing?.stop()
  app.logger.info({ signal }, 'process.stopped')
  // Libraries leave timers behind that would keep a drained process alive for minutes.
  process.exit(0)
}
