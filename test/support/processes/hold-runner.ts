import 'reflect-metadata'
import { newId, type AccountId, type AttemptId } from '../../../src/kernel/ids.js'
import { createDataSource } from '../../../src/platform/db/data-source.js'
import { inTransaction, transactionStatistics } from '../../../src/platform/db/transaction.js'
import { holdCredits } from '../../../src/slices/credits/index.js'

/** What the parent asks for: so many holds of one credit on each account, all at once. */
export interface HoldOrder {
  url: string
  accountIds: AccountId[]
  holdsPerAccount: number
}

export interface HoldReport {
  /** By account. */
  held: Record<string, number>
  errors: string[]
  aborted: number
}

/** A process of its own, so that the parent's test does not share its queues and pools with it. */
async function run(order: HoldOrder): Promise<HoldReport> {
  const dataSource = createDataSource({ url: order.url, poolSize: 10, applicationName: 'hold-runner' })
  await dataSource.initialize()
  const report: HoldReport = { held: {}, errors: [], aborted: 0 }
  const holdOne = async (accountId: AccountId): Promise<void> => {
    const { held } = await inTransaction({ dataSource }, { name: 'test.hold', accountId }, (tx) =>
      holdCredits(tx, accountId, [{ attemptId: newId<AttemptId>(), cost: 1 }], {
        reserveCredits: 0,
        capCredits: null,
        now: new Date('2026-03-02T15:00:00Z'),
        actor: 'test:hold-runner',
      }),
    )
    report.held[accountId] = (report.held[accountId] ?? 0) + held
  }
  const holds = Array.from({ length: order.holdsPerAccount }, () => order.accountIds).flat()
  const outcomes = await Promise.allSettled(holds.map(holdOne))
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') report.errors.push(String(outcome.reason))
  report.aborted = transactionStatistics().aborted
  await dataSource.destroy()
  return report
}

process.once('message', (order) => {
  void run(order as HoldOrder).then((report) => {
    process.send?.(report, () => process.disconnect())
  })
})
process.send?.('ready')
