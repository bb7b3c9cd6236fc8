import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { runAudit } from '../../src/app/audit/run-audit.js'
import { localAccount } from '../../src/local/carrier/options.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { recordFence } from '../../src/slices/accounts/index.js'
import { aRunningCampaign, people } from '../campaigns/campaign-world.js'
import { bucketsOf } from '../support/builders/credits.js'
import { aSendingAccount } from '../support/builders/messages.js'
import { compileProgram } from '../support/command.js'
import { eventually } from '../support/eventually.js'
import {
  anInstallation,
  attemptsByProcess,
  completed,
  ordinalsAsClaimed,
  type Installation,
} from '../support/installation.js'

const RECIPIENTS = 1_500
const TOKEN_TTL_SECONDS = 8
/** Of a claim only some can be at the carrier at once: a kill finds calls under way and calls not begun. */
const AT_ONCE = 20

let world: Installation

beforeAll(async () => {
  compileProgram()
  world = await anInstallation({
    // No reports: what became of a killed worker's calls, only the carrier's lagging list can tell.
    behaviour: {
      callbacks: { enabled: false },
      latencyMs: { min: 150, max: 400 },
      tokenTtlMs: TOKEN_TTL_SECONDS * 1_000,
      listLagMs: { min: 0, max: 800 },
    },
    env: {
      TWILIO_OAUTH_CLIENT_ID: localAccount.oauthClientId,
      TWILIO_OAUTH_CLIENT_SECRET: localAccount.oauthClientSecret,
      CREDENTIAL_TTL_SECONDS: String(TOKEN_TTL_SECONDS),
      CARRIER_TIMEOUT_SECONDS: '3',
      CLOCK_SKEW_SECONDS: '0.3',
      LIST_LAG_SECONDS: '1',
      SEND_CONCURRENCY: String(AT_ONCE),
      SEND_BATCH_SIZE: '100',
    },
  })
}, 240_000)

afterAll(() => world.stop(), 60_000)

test('a worker is killed with -9 in the middle and another goes on: each recipient exactly once, each credit accounted for', async () => {
  await recordFence(world.deps, true)
  const accountId = await aSendingAccount(world.db, RECIPIENTS, { policy: 'P1' })
  const audience = await people(
    world,
    accountId,
    Array.from({ length: RECIPIENTS }, () => ({})),
  )
  const [doomed, other] = await Promise.all([world.startWorker(), world.startWorker()])
  const { campaignId } = await aRunningCampaign(world, accountId)

  await eventually(
    async () => (await openAttemptsOf(doomed.pid)) >= AT_ONCE + 5 && (await settledOf(doomed.pid)) >= 100,
    {
      timeoutMs: 120_000,
      what: 'the doomed worker in the middle of its work',
    },
  )
  doomed.kill('SIGKILL')
  expect(await doomed.ended).toBe('SIGKILL')
  // Nobody reports these any more: whether they reached a phone is not known to anybody here.
  const inDoubt = await openAttemptsOf(doomed.pid)
  expect(inDoubt).toBeGreaterThan(0)
  expect(await completed(world, campaignId, 180_000)).toMatchObject({ accepted: RECIPIENTS, unknown: 0 })

  const fates = await fatesOf(doomed.pid)
  expect(fates.dispatching + fates.unknown).toBe(0)
  expect(fates.found + fates.absent).toBeGreaterThanOrEqual(inDoubt)
  expect(fates.found).toBeGreaterThan(0)
  expect(fates.absent).toBeGreaterThan(0)
  const record = world.carrier.control.record()
  expect(record).toHaveLength(RECIPIENTS)
  expect(new Set(record.map((line) => line.to))).toEqual(new Set(audience.map(({ phone }) => phone)))
  expect(world.carrier.control.summary()).toMatchObject({ phonesWithSeveral: 0, duplicates: 0 })
  expect(await bucketsOf(world.db, accountId)).toMatchObject({ available: 0, held: 0, spent: RECIPIENTS })
  expect(await ordinalsAsClaimed(world, campaignId)).toEqual(audience.map((_, place) => place + 1))
  expect([...(await attemptsByProcess(world, campaignId)).keys()].sort()).toEqual(
    [doomed.pid, other.pid].sort(),
  )
  expect((await runAudit(world.db)).findings.filter(({ breaches }) => breaches > 0)).toEqual([])
}, 360_000)

interface Fates {
  dispatching: number
  unknown: number
  /** The carrier's list had them. */
  found: number
  /** Proved absent, and sent again by somebody else. */
  absent: number
  settled: number
}

async function fatesOf(pid: number): Promise<Fates> {
  const [row] = await readQuery<Fates>(
    world.db,
    `/* test.fatesOf */
     select count(*) filter (where a.state = 'dispatching')::int as dispatching,
       count(*) filter (where a.state = 'unknown')::int as unknown,
       count(*) filter (where a.state = 'accepted' and a.evidence = 'look_up')::int as found,
       count(*) filter (where a.state = 'absent')::int as absent,
       count(*) filter (where a.evidence = 'worker')::int as settled
     from claim c join attempt a on a.claim_id = c.id where c.worker like '%-' || $1::text`,
    [pid],
  )
  if (row === undefined) throw new Error('a count has a row')
  return row
}

const openAttemptsOf = async (pid: number): Promise<number> => (await fatesOf(pid)).dispatching
const settledOf = async (pid: number): Promise<number> => (await fatesOf(pid)).settled
