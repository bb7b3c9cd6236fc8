import { readQuery } from '../../src/platform/db/transaction.js'
import { forgetCampaigns, prepareCampaign } from '../support/campaign.js'
import type { BenchOptions, Result } from '../support/result.js'
import { startSender, type Stage } from '../support/stage.js'
import { round } from '../support/statistics.js'
import { job, requireAgreement } from './send-rate.js'

const WORKERS = 4

/** P7: four sender processes on one hot account; how many transactions were made in vain. */
export async function measureConflicts(stage: Stage, options: BenchOptions): Promise<Result[]> {
  const messages = Math.round(20_000 * options.scale)
  await forgetCampaigns(stage.db)
  const campaign = await prepareCampaign(stage.db, messages)
  await stage.resetCarrier()
  const senders = await Promise.all(
    Array.from({ length: WORKERS }, (_, index) =>
      startSender('durable-sender', { ...job(stage, { messages }), worker: `bench-${String(index + 1)}` }),
    ),
  )
  for (const sender of senders) sender.go()
  const reports = await Promise.all(senders.map((sender) => sender.report))
  await requireAgreement(stage, campaign.accountId, messages)
  const committed = reports.reduce((sum, report) => sum + report.transactionsCommitted, 0)
  const aborted = reports.reduce((sum, report) => sum + report.transactionsAborted, 0)
  const claimers = await readQuery<{ worker: string; claims: number }>(
    stage.db,
    'select worker, count(*)::int as claims from claim where account_id = $1 group by 1 order by 1',
    [campaign.accountId],
  )
  options.say(`P7: ${String(committed)} committed, ${String(aborted)} aborted by ${String(WORKERS)} workers`)
  const ratio = aborted / Math.max(1, committed)
  return [
    {
      id: 'P7',
      what: `aborted ÷ committed transactions, one hot account, ${String(WORKERS)} workers`,
      ratio: round(ratio, 4),
      goal: '≤ 0.01',
      pass: ratio <= 0.01,
      details: { committed, aborted, claimers },
    },
  ]
}
