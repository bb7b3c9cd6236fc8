import 'reflect-metadata'
import { carrierBackoff } from '../../src/kernel/backoff.js'
import { systemClock } from '../../src/kernel/clock.js'
import { systemRandom } from '../../src/kernel/random.js'
import { createDataSource } from '../../src/platform/db/data-source.js'
import { trustTransactions } from '../../src/platform/db/transaction.js'
import { runnableLanes } from '../../src/slices/campaigns/index.js'
import { measureSegments } from '../../src/slices/carrier/index.js'
import { createPostSlots, createSender, senderId } from '../../src/slices/messages/index.js'
import { carrierOf, measure, readJob } from './job.js'

/** The sender as the worker runs it: gate, holds, intents, settlements, event log, all of it. */
const job = readJob()
trustTransactions()
const dataSource = createDataSource({ url: job.databaseUrl, poolSize: 10, applicationName: job.worker })
await dataSource.initialize()
const db = { dataSource }
const carrier = carrierOf(job)
await carrier.mintCredential()
const report = (fields: Record<string, unknown>, event: string): void => {
  process.stderr.write(`${event} ${JSON.stringify(fields)}\n`)
}
const sender = createSender(
  {
    db,
    carrier,
    clock: systemClock,
    random: systemRandom,
    backoff: carrierBackoff,
    slots: createPostSlots(job.concurrency),
    log: { info: () => undefined, warn: report, error: report },
  },
  {
    worker: job.worker,
    sender: { id: await senderId(db, job.account.from), address: job.account.from },
    batchSize: job.batchSize,
    validityMs: 14_400_000,
    fenced: true,
    settleDelayMs: 20,
    pollMs: 1000,
    findLanes: () =>
      runnableLanes({
        db,
        measureSegments,
        clock: systemClock,
        explainFailure: () => ({ words: '', remedy: '' }),
        sendRatePerSecond: 1,
      }),
  },
)

measure(async () => {
  let claimed = 0
  for (;;) {
    const round = await sender.runOnce()
    claimed += round.claimed
    if (round.claimed === 0) return claimed
  }
})
