import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { runAudit } from '../../src/app/audit/run-audit.js'
import type { CampaignId } from '../../src/kernel/ids.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { campaignProgress } from '../../src/slices/campaigns/index.js'
import { anAudience, aRunningCampaign } from '../campaigns/campaign-world.js'
import { aLot, bucketsOf } from '../support/builders/credits.js'
import { compileProgram } from '../support/command.js'
import { eventually } from '../support/eventually.js'
import {
  anInstallation,
  campaignNow,
  completed,
  ordinalsAsClaimed,
  type Installation,
} from '../support/installation.js'

const RECIPIENTS = 500
const FIRST_CREDITS = 300
const MORE_CREDITS = 250

let world: Installation

beforeAll(async () => {
  compileProgram()
  world = await anInstallation({
    behaviour: { callbacks: { enabled: false }, latencyMs: { min: 0, max: 50 } },
    // Batches that do not fit the credits evenly.
    env: { SEND_CONCURRENCY: '40', SEND_BATCH_SIZE: '70' },
  })
}, 240_000)

afterAll(() => world.stop(), 60_000)

test('500 recipients, 300 credits: pauses by itself at the last credit, and after a grant goes on with recipient 301', async () => {
  const { accountId, phones } = await anAudience(world, FIRST_CREDITS, RECIPIENTS)
  await Promise.all([world.startWorker(), world.startWorker()])
  const { campaignId } = await aRunningCampaign(world, accountId, { autoResume: true })

  const paused = await eventually(
    async () => {
      const now = await campaignNow(world, campaignId)
      return now.state === 'paused' ? now : null
    },
    { timeoutMs: 90_000, what: 'the pause at the last credit' },
  )

  expect(paused).toEqual({
    state: 'paused',
    pauseReason: 'credits_exhausted',
    pending: RECIPIENTS - FIRST_CREDITS,
    dispatching: 0,
    unknown: 0,
    accepted: FIRST_CREDITS,
  })
  expect(await bucketsOf(world.db, accountId)).toMatchObject({ available: 0, held: 0, spent: FIRST_CREDITS })
  expect(reached()).toEqual([...phones.slice(0, FIRST_CREDITS)].sort())
  expect(await campaignProgress(world.deps, accountId, campaignId)).toMatchObject({
    nextOrdinal: FIRST_CREDITS + 1,
  })

  await aLot(world.db, accountId, MORE_CREDITS)
  await completed(world, campaignId, 90_000)

  const balance = await bucketsOf(world.db, accountId)
  expect(balance).toMatchObject({ available: 50, held: 0, spent: RECIPIENTS })
  expect(balance.spent + balance.available).toBe(FIRST_CREDITS + MORE_CREDITS)
  expect(await historyOf(campaignId)).toEqual([
    'draft',
    'running',
    `claimed 1 to ${String(FIRST_CREDITS)}`,
    'paused credits_exhausted',
    'running',
    `claimed ${String(FIRST_CREDITS + 1)} to ${String(RECIPIENTS)}`,
    'completed',
  ])
  expect(await ordinalsAsClaimed(world, campaignId)).toEqual(phones.map((_, place) => place + 1))
  expect(reached()).toEqual([...phones].sort())
  expect((await runAudit(world.db)).findings.filter(({ breaches }) => breaches > 0)).toEqual([])
}, 240_000)

/** Every phone that the carrier delivered to, as often as it did. */
function reached(): string[] {
  return world.carrier.control
    .record()
    .map((line) => line.to)
    .sort()
}

/** What happened to the campaign, in the order of the database: its states, and which recipients were claimed between them. */
async function historyOf(campaignId: CampaignId): Promise<string[]> {
  const rows = await readQuery<{ state: string | null; first: number; last: number }>(
    world.db,
    `/* test.historyOf */
     with happened as (
       select ord, concat_ws(' ', state, reason) as state, null::int as first, null::int as last from control_event
         where kind = 'campaign' and key = $1
       union all
       select c.ord, null, min(m.ordinal), max(m.ordinal) from claim c join attempt a on a.claim_id = c.id
         join message m on m.id = a.message_id where c.campaign_id = $1 group by c.ord
     ), grouped as (select *, count(state) over (order by ord) as phase from happened)
     select state, min(first) as first, max(last) as last from grouped group by phase, state
     order by phase, state is null`,
    [campaignId],
  )
  return rows.map((row) => row.state ?? `claimed ${String(row.first)} to ${String(row.last)}`)
}
