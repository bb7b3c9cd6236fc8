import { Counter, Gauge } from 'prom-client'
import { countDeliveriesUnderWay, type CountDelivery } from '../slices/endpoints/index.js'
import type { AppContext } from './app-context.js'

const counts = new WeakMap<AppContext['metrics'], CountDelivery>()

/** What this process saw of webhooks to accounts' servers; bound to its metrics once, since a registry takes each name once. */
export function deliveryCounter({ metrics }: Pick<AppContext, 'metrics'>): CountDelivery {
  const known = counts.get(metrics)
  if (known !== undefined) return known
  const total = new Counter({
    name: 'tollgate_webhook_tries_total',
    help: 'Calls of webhook endpoints, by what became of them: delivered, or what was wrong',
    labelNames: ['outcome'],
    registers: [metrics.registry],
  })
  const count: CountDelivery = (outcome) => {
    total.inc({ outcome })
  }
  counts.set(metrics, count)
  return count
}

const WAITING = 'tollgate_webhook_deliveries_waiting'

/** Asked of Postgres when somebody reads the metrics, so every process tells the same. Registered once per registry. */
export function addDeliveryGauges(app: Pick<AppContext, 'db' | 'clock' | 'logger' | 'metrics'>): void {
  const { db, clock, logger, metrics } = app
  const { registry } = metrics
  if (registry.getSingleMetric(WAITING) !== undefined) return
  deliveryCounter(app)
  const oldest = new Gauge({
    name: 'tollgate_webhook_oldest_due_seconds',
    help: 'How long the oldest delivery is due of endpoints that are switched on; 0 when none is',
    registers: [registry],
  })
  const disabled = new Gauge({
    name: 'tollgate_webhook_endpoints_disabled',
    help: 'Webhook endpoints that are switched off, by people or by themselves',
    registers: [registry],
  })
  const waiting = new Gauge({
    name: WAITING,
    help: 'Deliveries to webhook endpoints that wait for a try, and that are being sent now, over all accounts',
    labelNames: ['state'],
    registers: [registry],
    collect: async () => {
      try {
        const found = await countDeliveriesUnderWay(db)
        waiting.set({ state: 'waiting' }, found.waiting)
        waiting.set({ state: 'sending' }, found.sending)
        disabled.set(found.disabled)
        const dueFor = found.oldestDueAt === null ? 0 : clock.now().toMillis() - found.oldestDueAt.getTime()
        oldest.set(Math.max(0, dueFor) / 1_000)
      } catch (error) {
        // The other metrics are wanted most of all while the database is away.
        waiting.reset()
        logger.warn({ err: error }, 'metrics.webhooks.unavailable')
      }
    },
  })
}
