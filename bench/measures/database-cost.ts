import { readQuery } from '../../src/platform/db/transaction.js'
import { forgetCampaigns, prepareCampaign } from '../support/campaign.js'
import { postgresCost } from '../support/postgres-cost.js'
import type { BenchOptions, Result } from '../support/result.js'
import { runSender, type Stage } from '../support/stage.js'
import { round, spread } from '../support/statistics.js'
import { job, requireAgreement } from './send-rate.js'

const CPU_GOAL_MICROS = 80
const WAL_GOAL_BYTES = 2_500

/** P11: what one message costs the database, gate, ledger, history and event log included. */
export async function measureDatabaseCost(stage: Stage, options: BenchOptions): Promise<Result[]> {
  const messages = Math.round(30_000 * options.scale)
  const cpu: number[] = []
  const wal: number[] = []
  for (let run = 0; run <= options.pairs; run += 1) {
    await forgetCampaigns(stage.db)
    const campaign = await prepareCampaign(stage.db, messages)
    await stage.resetCarrier()
    const before = await postgresCost(stage.db, stage.clusterDirectory)
    await runSender('durable-sender', { ...job(stage, { messages }), worker: 'bench-1' })
    const after = await postgresCost(stage.db, stage.clusterDirectory)
    await requireAgreement(stage, campaign.accountId, messages)
    if (run === 0) continue
    cpu.push((after.cpuMicros - before.cpuMicros) / messages)
    wal.push((after.walBytes - before.walBytes) / messages)
    options.say(
      `P11, run ${String(run)}: ${(cpu.at(-1) ?? 0).toFixed(0)} µs of Postgres and ${(wal.at(-1) ?? 0).toFixed(0)} B of WAL a message`,
    )
  }
  const referenceMicros = await referenceRow(stage)
  const cpuMicros = spread(cpu)
  const walBytes = spread(wal)
  const ratio = Math.max(cpuMicros.median / CPU_GOAL_MICROS, walBytes.median / WAL_GOAL_BYTES)
  return [
    {
      id: 'P11',
      what: 'Postgres processor time and WAL per message, the larger share of its goal',
      ratio: round(ratio),
      goal: `≤ 1 (${String(CPU_GOAL_MICROS)} µs, ${String(WAL_GOAL_BYTES)} B)`,
      pass: ratio <= 1,
      details: {
        cpuMicros: round(cpuMicros.median, 1),
        walBytes: round(walBytes.median, 0),
        cpuMicrosAll: cpu.map((value) => round(value, 1)),
        referenceRowMicros: round(referenceMicros, 1),
        referenceRows: round(cpuMicros.median / referenceMicros, 1),
      },
    },
  ]
}

/**
 * Processor time of Postgres for one row with a primary key and one more index, inserted a thousand at a time: machines
 * differ, and one machine differs from minute to minute. A message is two such rows in the ledger, one for its attempt,
 * which is rewritten once, two rewritten rows of its own, and one taken out of the queue.
 */
async function referenceRow(stage: Stage): Promise<number> {
  const batches = 100
  await readQuery(
    stage.db,
    'create table reference_row (account_id uuid, seq bigint, attempt_id uuid, primary key (account_id, seq))',
  )
  await readQuery(
    stage.db,
    'create unique index reference_row_attempt on reference_row (account_id, attempt_id)',
  )
  const before = await postgresCost(stage.db, stage.clusterDirectory)
  for (let batch = 0; batch < batches; batch += 1)
    await readQuery(
      stage.db,
      `insert into reference_row select '00000000-0000-4000-8000-000000000000', $1::int * 1000 + i, gen_random_uuid() from generate_series(1, 1000) i`,
      [batch],
    )
  const after = await postgresCost(stage.db, stage.clusterDirectory)
  await readQuery(stage.db, 'drop table reference_row')
  return (after.cpuMicros - before.cpuMicros) / (batches * 1000)
}
