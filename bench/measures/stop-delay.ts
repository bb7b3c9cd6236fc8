import { inTransaction, readQuery } from '../../src/platform/db/transaction.js'
import { forgetCampaigns, prepareCampaign } from '../support/campaign.js'
import type { BenchOptions, Result } from '../support/result.js'
import { startSender, type Stage } from '../support/stage.js'
import { percentile, round } from '../support/statistics.js'
import { job } from './send-rate.js'

const MESSAGES = 6_000
const ROUNDS = 20

/** How sending is forbidden, each as its use case does it: the control row that claims share-lock is updated. */
const stops = {
  pause: `update campaign_control set state = 'paused', pause_reason = 'by_user' where account_id = $1`,
  'account stop': `update account_control set sending_stopped_reason = 'bench' where account_id = $1`,
  revocation: `insert into consent_event (account_id, phone, purpose, action, method, occurred_at, recorded_at)
    select account_id, phone, purpose, 'revoke', 'api', now(), now() from consent where account_id = $1`,
} as const

/** P9: from the commit that forbids sending to the last authorised attempt, and until the last answer of the carrier is written. */
export async function measureStopDelay(stage: Stage, options: BenchOptions): Promise<Result[]> {
  const authorisedMs: number[] = []
  const settledMs: number[] = []
  const waitedMs: number[] = []
  const names = Object.keys(stops) as (keyof typeof stops)[]
  const rounds = Math.max(3, Math.round(ROUNDS * options.scale))
  for (let round = 0; round < rounds; round += 1) {
    const name = names[round % names.length] ?? 'pause'
    const measured = await stopOnce(stage, stops[name])
    authorisedMs.push(measured.authorisedMs)
    settledMs.push(measured.settledMs)
    waitedMs.push(measured.waitedMs)
    options.say(
      `P9, ${name}: last authorised ${measured.authorisedMs.toFixed(0)} ms and last settled ${measured.settledMs.toFixed(0)} ms after the commit, which waited ${measured.waitedMs.toFixed(0)} ms`,
    )
  }
  const p99 = percentile(authorisedMs, 0.99)
  return [
    {
      id: 'P9',
      what: 'seconds from the commit of a pause, stop or revocation to the last authorised attempt, p99',
      ratio: round(p99 / 1000, 3),
      goal: '≤ 1',
      pass: p99 <= 1000,
      details: {
        rounds,
        lastSettledMsP99: round(percentile(settledMs, 0.99), 0),
        commitWaitedMsP99: round(percentile(waitedMs, 0.99), 0),
        note: 'A claim that commits after the forbidding commit sees it and claims nothing, so 0 is what the protocol promises.',
      },
    },
  ]
}

async function stopOnce(
  stage: Stage,
  sql: string,
): Promise<{ authorisedMs: number; settledMs: number; waitedMs: number }> {
  await forgetCampaigns(stage.db)
  const { accountId } = await prepareCampaign(stage.db, MESSAGES)
  await stage.resetCarrier()
  const sender = await startSender('durable-sender', {
    ...job(stage, { messages: MESSAGES }),
    worker: 'bench-1',
  })
  sender.go()
  await untilSending(stage, accountId)
  const asked = performance.now()
  await inTransaction(stage.db, { name: 'bench.stop', accountId }, (tx) => tx.query(sql, [accountId]))
  const waitedMs = performance.now() - asked
  // Read at once, on the database's own clock: what is authorised later than now is later than the commit.
  const [commit] = await readQuery<{ at: Date; ord: string }>(
    stage.db,
    `select clock_timestamp() as at, nextval('history_ord') as ord`,
  )
  await sender.report
  const [last] = await readQuery<{ authorised: Date | null; settled: Date | null }>(
    stage.db,
    `select (select max(claimed_at) from claim where account_id = $1 and ord > $2) as authorised,
       (select max(resolved_at) from attempt where account_id = $1) as settled`,
    [accountId, commit?.ord],
  )
  const afterCommit = (at: Date | null | undefined): number =>
    at === null || at === undefined || commit === undefined
      ? 0
      : Math.max(0, at.getTime() - commit.at.getTime())
  return { authorisedMs: afterCommit(last?.authorised), settledMs: afterCommit(last?.settled), waitedMs }
}

async function untilSending(stage: Stage, accountId: string): Promise<void> {
  for (;;) {
    const [row] = await readQuery<{ n: number }>(
      stage.db,
      'select count(*)::int as n from claim where account_id = $1',
      [accountId],
    )
    if ((row?.n ?? 0) >= 4) return
  }
}
