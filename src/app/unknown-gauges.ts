import { Gauge } from 'prom-client'
import { countUnknown } from '../slices/messages/index.js'
import type { AppContext } from './app-context.js'

const COUNT = 'tollgate_messages_unknown_attempts'

/** Asked of Postgres when somebody reads the metrics, so every process tells the same. Registered once per registry. */
export function addUnknownGauges({
  db,
  clock,
  logger,
  metrics,
}: Pick<AppContext, 'db' | 'clock' | 'logger' | 'metrics'>): void {
  const { registry } = metrics
  if (registry.getSingleMetric(COUNT) !== undefined) return
  const oldest = new Gauge({
    name: 'tollgate_messages_oldest_unknown_seconds',
    help: 'Age of the oldest call to the carrier whose outcome is unknown; 0 when there is none',
    registers: [registry],
  })
  const count = new Gauge({
    name: COUNT,
    help: 'Calls to the carrier of unknown outcome, closed without proof, and proved after that, over all accounts',
    labelNames: ['state'],
    registers: [registry],
    collect: async () => {
      try {
        const { unknown, unproven, lateProved, oldestClaimedAt } = await countUnknown(db)
        count.set({ state: 'unknown' }, unknown)
        count.set({ state: 'unproven' }, unproven)
        count.set({ state: 'late_proved' }, lateProved)
        oldest.set(oldestClaimedAt === null ? 0 : (clock.now().toMillis() - oldestClaimedAt.getTime()) / 1000)
      } catch (error) {
        // The other metrics are wanted most of all while the database is away.
        count.reset()
        logger.warn({ err: error }, 'metrics.unknown.unavailable')
      }
    },
  })
}
