import { Counter, Gauge } from 'prom-client'
import { readBillingHealth } from '../../slices/billing/index.js'
import type { AppContext } from '../app-context.js'

const REFUSED = 'tollgate_billing_webhooks_refused_total'
const WAITING = 'tollgate_billing_waiting'

type Needed = Pick<AppContext, 'db' | 'clock' | 'logger' | 'metrics' | 'billing'>

/** Counts calls of the payment provider's route that were not let in, by why. */
export function refusedWebhooks({ metrics }: Pick<AppContext, 'metrics'>): (reason: string) => void {
  const known = metrics.registry.getSingleMetric(REFUSED) as Counter<'reason'> | undefined
  const counter =
    known ??
    new Counter({
      name: REFUSED,
      help: 'Calls of the payment webhook that were refused, by why: a wrong secret shows here first',
      labelNames: ['reason'],
      registers: [metrics.registry],
    })
  return (reason) => {
    counter.inc({ reason })
  }
}

/** Asked of Postgres when somebody reads the metrics. None where no payment provider is set up. */
export function addBillingGauges({ db, clock, logger, metrics, billing }: Needed): void {
  const { registry } = metrics
  if (billing === null || registry.getSingleMetric(WAITING) !== undefined) return
  const seconds = (at: Date | null): number =>
    at === null ? 0 : (clock.now().toMillis() - at.getTime()) / 1000
  const lastEvent = new Gauge({
    name: 'tollgate_billing_last_event_seconds',
    help: "Age of the payment provider's newest stored event; 0 when there never was one",
    registers: [registry],
  })
  const oldest = new Gauge({
    name: 'tollgate_billing_oldest_waiting_seconds',
    help: 'Age of the oldest stored event that was not applied yet',
    registers: [registry],
  })
  const waiting = new Gauge({
    name: WAITING,
    help: 'What of money waits: events stored or set aside, objects to fetch, differences, open top-ups, frozen accounts',
    labelNames: ['what'],
    registers: [registry],
    collect: async () => {
      try {
        const { inbox, ...left } = await readBillingHealth(db)
        waiting.set({ what: 'events' }, inbox.waiting)
        waiting.set({ what: 'events_set_aside' }, inbox.quarantined)
        waiting.set({ what: 'objects' }, left.objectsWaiting)
        waiting.set({ what: 'differences' }, left.openDifferences)
        waiting.set({ what: 'top_ups' }, left.openTopUps)
        waiting.set({ what: 'frozen_accounts' }, left.frozenAccounts)
        lastEvent.set(seconds(inbox.lastReceivedAt))
        oldest.set(seconds(inbox.oldestWaitingAt))
      } catch (error) {
        waiting.reset()
        logger.warn({ err: error }, 'metrics.billing.unavailable')
      }
    },
  })
}
