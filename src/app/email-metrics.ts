import { Counter, Gauge } from 'prom-client'
import { countWaitingEmails, type CountEmail } from '../slices/emails/index.js'
import type { AppContext } from './app-context.js'

const TOTAL = 'tollgate_emails_total'
const counts = new WeakMap<AppContext['metrics'], CountEmail>()

/** What this process saw of e-mails in place of texts; bound to its metrics once, since a registry takes each name once. */
export function emailCounter({ metrics }: Pick<AppContext, 'metrics'>): CountEmail {
  const known = counts.get(metrics)
  if (known !== undefined) return known
  const total = new Counter({
    name: TOTAL,
    help: 'Tries of e-mails in place of texts, by what became of them: sent, later, failed, uncertain; and e-mails withheld',
    labelNames: ['outcome'],
    registers: [metrics.registry],
  })
  const count: CountEmail = (outcome) => {
    total.inc({ outcome })
  }
  counts.set(metrics, count)
  return count
}

const WAITING = 'tollgate_emails_waiting'

/** Asked of Postgres when somebody reads the metrics, so every process tells the same. Registered once per registry. */
export function addEmailGauges(app: Pick<AppContext, 'db' | 'clock' | 'logger' | 'metrics'>): void {
  const { db, clock, logger, metrics } = app
  const { registry } = metrics
  if (registry.getSingleMetric(WAITING) !== undefined) return
  emailCounter(app)
  const oldest = new Gauge({
    name: 'tollgate_emails_oldest_waiting_seconds',
    help: 'How long the oldest e-mail that waits for its try is due; 0 when none is',
    registers: [registry],
  })
  const waiting = new Gauge({
    name: WAITING,
    help: 'E-mails in place of texts that wait for a try, and that are being sent now or were left by a process that died, over all accounts',
    labelNames: ['state'],
    registers: [registry],
    collect: async () => {
      try {
        const found = await countWaitingEmails(db)
        waiting.set({ state: 'waiting' }, found.waiting)
        waiting.set({ state: 'sending' }, found.sending)
        const dueFor = found.oldestDueAt === null ? 0 : clock.now().toMillis() - found.oldestDueAt.getTime()
        oldest.set(Math.max(0, dueFor) / 1_000)
      } catch (error) {
        // The other metrics are wanted most of all while the database is away.
        waiting.reset()
        logger.warn({ err: error }, 'metrics.emails.unavailable')
      }
    },
  })
}
