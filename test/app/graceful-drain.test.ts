import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { runAudit } from '../../src/app/audit/run-audit.js'
import { systemClock } from '../../src/kernel/clock.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { anAudience, aRunningCampaign } from '../campaigns/campaign-world.js'
import { bucketsOf } from '../support/builders/credits.js'
import { compileProgram } from '../support/command.js'
import { eventually } from '../support/eventually.js'
import {
  anInstallation,
  attemptsByProcess,
  campaignNow,
  completed,
  ordinalsAsClaimed,
  type Installation,
} from '../support/installation.js'

const RECIPIENTS = 800
/** Of a claim only some can be at the carrier at once: the signal finds calls under way and calls not begun. */
const AT_ONCE = 20
/** What the program gives itself, and what closing connections may take on top. */
const GRACE_MS = 30_000

let world: Installation

beforeAll(async () => {
  compileProgram()
  world = await anInstallation({
    behaviour: { callbacks: { enabled: false }, latencyMs: { min: 200, max: 500 } },
    env: { SEND_CONCURRENCY: String(AT_ONCE), SEND_BATCH_SIZE: '80' },
  })
}, 240_000)

afterAll(() => world.stop(), 60_000)

test('SIGTERM in the middle of a campaign: what is authorised is sent and settled, then the worker ends with 0', async () => {
  const { accountId, phones } = await anAudience(world, RECIPIENTS, RECIPIENTS)
  const worker = await world.startWorker()
  const { campaignId } = await aRunningCampaign(world, accountId)
  await eventually(
    async () => {
      const now = await campaignNow(world, campaignId)
      return now.accepted >= 100 && now.dispatching > AT_ONCE
    },
    { timeoutMs: 90_000, what: 'the middle of the campaign' },
  )

  const askedAt = systemClock.monotonicMs()
  worker.kill('SIGTERM')
  // A second signal, as impatient people and supervisors send it, changes nothing.
  worker.kill('SIGTERM')
  expect(await worker.ended).toBe(0)

  expect(systemClock.monotonicMs() - askedAt).toBeLessThan(GRACE_MS)
  const left = await campaignNow(world, campaignId)
  expect(left).toMatchObject({ state: 'running', dispatching: 0, unknown: 0 })
  expect(left.pending).toBeGreaterThan(0)
  expect(await attemptStates()).toEqual({ accepted: left.accepted })
  expect(world.carrier.control.summary()).toMatchObject({ accepted: left.accepted, phonesWithSeveral: 0 })
  expect(await bucketsOf(world.db, accountId)).toMatchObject({
    available: RECIPIENTS - left.accepted,
    held: 0,
    spent: left.accepted,
  })

  const next = await world.startWorker()
  await completed(world, campaignId, 90_000)

  expect([...(await attemptsByProcess(world, campaignId)).keys()].sort()).toEqual(
    [worker.pid, next.pid].sort(),
  )
  expect(await attemptStates()).toEqual({ accepted: RECIPIENTS })
  expect(world.carrier.control.record().map((line) => line.to)).toHaveLength(RECIPIENTS)
  expect(new Set(world.carrier.control.record().map((line) => line.to))).toEqual(new Set(phones))
  expect(await ordinalsAsClaimed(world, campaignId)).toEqual(phones.map((_, place) => place + 1))
  expect((await runAudit(world.db)).findings.filter(({ breaches }) => breaches > 0)).toEqual([])
}, 240_000)

async function attemptStates(): Promise<Record<string, number>> {
  const rows = await readQuery<{ state: string; attempts: number }>(
    world.db,
    '/* test.attemptStates */ select state, count(*)::int as attempts from attempt group by 1',
  )
  return Object.fromEntries(rows.map(({ state, attempts }) => [state, attempts]))
}
