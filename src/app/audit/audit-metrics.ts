import { Gauge } from 'prom-client'
import { sendingLock } from '../../slices/accounts/index.js'
import type { AppContext } from '../app-context.js'
import { invariants } from './invariants.js'
import { openBreaches, readLooks } from './store/breach-rows.js'

/**
 * Read from the database when they are asked for: any process may have looked, and each tells the same. A database that is
 * away leaves the last figures standing; readiness says that it is away.
 */
export function addAuditMetrics(app: Pick<AppContext, 'db' | 'metrics' | 'logger'>): void {
  const registers = [app.metrics.registry]
  const breaches = new Gauge({
    name: 'tollgate_audit_breaches',
    help: 'Breaches that stand now and that nobody has answered for, by invariant',
    labelNames: ['invariant'],
    registers,
    collect: () =>
      quietly(app, async () => {
        const open = (await openBreaches(app.db)).filter((breach) => breach.acknowledgedAt === null)
        for (const { id } of invariants)
          breaches.set({ invariant: id }, open.filter((breach) => breach.invariant === id).length)
      }),
  })
  const locked = new Gauge({
    name: 'tollgate_sending_locked',
    help: '1 while nobody sends because the database was restored and nobody has accounted for what was lost',
    registers,
    collect: () =>
      quietly(app, async () => {
        locked.set((await sendingLock(app.db)).reason === null ? 0 : 1)
      }),
  })
  const clean = new Gauge({
    name: 'tollgate_audit_last_clean_timestamp_seconds',
    help: 'When the live audit last looked and found nothing, by what it looked at (news, full)',
    labelNames: ['look'],
    registers,
  })
  const took = new Gauge({
    name: 'tollgate_audit_look_seconds',
    help: 'How long the last look of the live audit took',
    labelNames: ['look'],
    registers,
    collect: () =>
      quietly(app, async () => {
        for (const look of await readLooks(app.db)) {
          took.set({ look: look.kind }, look.tookMs / 1_000)
          if (look.cleanAt !== null) clean.set({ look: look.kind }, look.cleanAt.getTime() / 1_000)
        }
      }),
  })
}

async function quietly({ logger }: Pick<AppContext, 'logger'>, collect: () => Promise<void>): Promise<void> {
  try {
    await collect()
  } catch (error) {
    logger.warn({ err: error }, 'audit.metrics.unavailable')
  }
}
