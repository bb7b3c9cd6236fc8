import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { transactionStatistics } from '../db/transaction.js'

export interface Metrics {
  /** Slices add their own collectors here, named `tollgate_<slice>_…`. Labels are never ids and never free text. */
  readonly registry: Registry
  readonly graphqlSeconds: Histogram<'field' | 'transport' | 'outcome'>
  readonly httpSeconds: Histogram<'method' | 'route' | 'status'>
  readonly sockets: Gauge
  readonly subscriptions: Gauge
  readonly socketsEnded: Counter<'reason'>
}

const secondsBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** A registry of its own per process part, so that tests and several contexts in one process do not collide. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  countTransactions(registry)
  return {
    registry,
    graphqlSeconds: new Histogram({
      name: 'tollgate_graphql_seconds',
      help: 'Duration of GraphQL operations by first root field, transport and outcome',
      labelNames: ['field', 'transport', 'outcome'],
      buckets: secondsBuckets,
      registers,
    }),
    httpSeconds: new Histogram({
      name: 'tollgate_http_seconds',
      help: 'Duration of HTTP requests',
      labelNames: ['method', 'route', 'status'],
      buckets: secondsBuckets,
      registers,
    }),
    sockets: new Gauge({ name: 'tollgate_sockets', help: 'Authenticated WebSockets open now', registers }),
    subscriptions: new Gauge({
      name: 'tollgate_socket_operations',
      help: 'Operations active on WebSockets now, subscriptions included',
      registers,
    }),
    socketsEnded: new Counter({
      name: 'tollgate_sockets_ended_total',
      help: 'WebSockets that the server ended, by reason',
      labelNames: ['reason'],
      registers,
    }),
  }
}

function countTransactions(registry: Registry): void {
  const gauge = new Gauge({
    name: 'tollgate_transactions_total',
    help: 'Database transactions of this process, committed and aborted (run again)',
    labelNames: ['outcome'],
    registers: [registry],
    collect: () => {
      const { committed, aborted } = transactionStatistics()
      gauge.set({ outcome: 'committed' }, committed)
      gauge.set({ outcome: 'aborted' }, aborted)
    },
  })
}
