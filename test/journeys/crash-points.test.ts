import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { runAudit } from '../../src/app/audit/run-audit.js'
import { recordFence } from '../../src/slices/accounts/index.js'
import { anAudience, aRunningCampaign } from '../campaigns/campaign-world.js'
import { bucketsOf } from '../support/builders/credits.js'
import { compileProgram } from '../support/command.js'
import {
  anInstallation,
  completed,
  fencedFor,
  ordinalsAsClaimed,
  type Installation,
} from '../support/installation.js'

// A worker ends itself at a named place between claim and settlement, and another one goes on.

const RECIPIENTS = 120
const TOKEN_TTL_SECONDS = 4

let world: Installation

beforeAll(async () => {
  compileProgram()
  world = await anInstallation({
    behaviour: {
      callbacks: { enabled: false },
      latencyMs: { min: 20, max: 60 },
      tokenTtlMs: TOKEN_TTL_SECONDS * 1_000,
      listLagMs: { min: 0, max: 500 },
    },
    env: {
      ...fencedFor(TOKEN_TTL_SECONDS),
      CARRIER_TIMEOUT_SECONDS: '2',
      CLOCK_SKEW_SECONDS: '0.3',
      LIST_LAG_SECONDS: '1',
      SEND_CONCURRENCY: '10',
      SEND_BATCH_SIZE: '25',
    },
  })
  await recordFence(world.deps, true)
}, 240_000)

afterAll(() => world.stop(), 60_000)

test.each([
  ['holds and intents are written and not committed', 'messages.claim:written#2'],
  ['intents are committed and no call has begun', 'messages.claim:committed#2'],
  ['a call is about to begin', 'messages.post:begins#40'],
  ['the carrier has answered and nobody has written it down', 'messages.post:answered#40'],
  ['a settlement is written and not committed', 'messages.settle:written#2'],
  ['a settlement is committed and nobody has been told', 'messages.settle:committed#2'],
  ['the campaign is being completed', 'campaigns.complete:written'],
])(
  'a worker dies when %s: each recipient once, each credit accounted for',
  async (_when, point) => {
    const { accountId, phones } = await anAudience(world, RECIPIENTS, RECIPIENTS, { policy: 'P1' })
    world.carrier.control.reset()
    const { campaignId } = await aRunningCampaign(world, accountId)
    const doomed = await world.startWorker({ CRASH_AT: point })
    expect(await doomed.ended).toBe('SIGKILL')

    const other = await world.startWorker()
    expect(await completed(world, campaignId, 60_000)).toMatchObject({ accepted: RECIPIENTS, unknown: 0 })
    other.kill('SIGTERM')
    expect(await other.ended).toBe(0)

    const record = world.carrier.control.record()
    expect(record.map((line) => line.to).sort()).toEqual([...phones].sort())
    expect(await bucketsOf(world.db, accountId)).toMatchObject({ available: 0, held: 0, spent: RECIPIENTS })
    expect(await ordinalsAsClaimed(world, campaignId)).toEqual(phones.map((_, place) => place + 1))
    expect((await runAudit(world.db)).findings.filter(({ breaches }) => breaches > 0)).toEqual([])
  },
  90_000,
)
