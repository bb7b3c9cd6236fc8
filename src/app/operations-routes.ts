import { Router } from 'express'
import { checkDatabase } from '../platform/observability/readiness.js'
import type { AppContext } from './app-context.js'
import { addBillingGauges } from './billing/billing-metrics.js'
import { addDeliveryGauges } from './delivery-metrics.js'
import { addEmailGauges } from './email-metrics.js'
import { addUnknownGauges } from './unknown-gauges.js'

/** Health, readiness and metrics: what an orchestrator asks every process, whatever its role. */
export function operationsRouter(app: AppContext, isDraining: () => boolean): Router {
  const router = Router()
  addUnknownGauges(app)
  addBillingGauges(app)
  addEmailGauges(app)
  addDeliveryGauges(app)

  // Only says that the event loop turns. A database that is away is no reason to restart this process.
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'alive' })
  })

  router.get('/readyz', async (_request, response) => {
    const readiness = isDraining()
      ? ({ ready: false, reason: 'draining' } as const)
      : await checkDatabase(app.db)
    response.status(readiness.ready ? 200 : 503).json(readiness)
  })

  router.get('/metrics', async (_request, response) => {
    const { registry } = app.metrics
    response.type(registry.contentType).send(await registry.metrics())
  })

  return router
}
