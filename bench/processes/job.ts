import type { SenderJob, SenderReport } from '../support/stage.js'
import type { localAccount } from '../../src/local/carrier/options.js'
import { transactionStatistics } from '../../src/platform/db/transaction.js'
import { createCarrier, type Carrier } from '../../src/slices/carrier/index.js'
import { systemClock } from '../../src/kernel/clock.js'

export type Job = SenderJob & { account: typeof localAccount }

export function readJob(): Job {
  return JSON.parse(process.argv[2] ?? '{}') as Job
}

/** Our own client, as the program makes it. */
export function carrierOf(job: Job): Carrier {
  return createCarrier(
    {
      accountSid: job.account.accountSid,
      authToken: job.account.authToken,
      baseUrl: job.carrierUrl,
      from: job.account.from,
      statusCallbackBase: 'http://127.0.0.1:9',
      requestTimeoutMs: 10_000,
      connections: job.concurrency,
      fence: {
        kind: 'oauth',
        clientId: job.account.oauthClientId,
        clientSecret: job.account.oauthClientSecret,
        ttlMs: 60_000,
        renewEveryMs: 20_000,
      },
    },
    { clock: systemClock },
  )
}

export const body = (n: number): string =>
  `Spring sale at Acme: 20 % off all classes until Friday, number ${String(n)}. Reply STOP to opt out.`
export const phone = (n: number): string => `+1${String(2_010_000_000 + n)}`

/** Says that it is ready, waits for the signal, measures the work, reports and ends. */
export function measure(work: () => Promise<number>): void {
  process.once('message', () => {
    const started = performance.now()
    const cpuBefore = process.cpuUsage()
    let memoryPeak = process.memoryUsage.rss()
    const watch = setInterval(() => {
      memoryPeak = Math.max(memoryPeak, process.memoryUsage.rss())
    }, 1000)
    work().then(
      (messages) => {
        clearInterval(watch)
        const cpu = process.cpuUsage(cpuBefore)
        const { committed, aborted } = transactionStatistics()
        const report: SenderReport = {
          messages,
          seconds: (performance.now() - started) / 1000,
          cpuMicrosPerMessage: (cpu.user + cpu.system) / Math.max(1, messages),
          memoryPeakMb: memoryPeak / 1_048_576,
          transactionsCommitted: committed,
          transactionsAborted: aborted,
        }
        process.send?.(report, () => process.exit(0))
      },
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
        process.exit(1)
      },
    )
  })
  process.send?.('ready')
}

/** Runs `count` calls with at most `concurrency` under way. */
export async function inParallel(
  count: number,
  concurrency: number,
  call: (n: number) => Promise<void>,
): Promise<void> {
  let next = 1
  const runner = async (): Promise<void> => {
    for (let n = next++; n <= count; n = next++) await call(n)
  }
  await Promise.all(Array.from({ length: concurrency }, runner))
}
