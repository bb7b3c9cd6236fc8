import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { runAudit } from '../../src/app/audit/run-audit.js'
import { anAudience, aRunningCampaign } from '../campaigns/campaign-world.js'
import { bucketsOf } from '../support/builders/credits.js'
import { compileProgram } from '../support/command.js'
import {
  anInstallation,
  attemptsByProcess,
  completed,
  ordinalsAsClaimed,
  type Installation,
} from '../support/installation.js'

const RECIPIENTS = 20_000

let world: Installation

beforeAll(async () => {
  compileProgram()
  world = await anInstallation({
    behaviour: { callbacks: { enabled: false } },
    env: { SEND_CONCURRENCY: '60', SEND_BATCH_SIZE: '200', SWEEP_INTERVAL_SECONDS: '2' },
  })
}, 240_000)

afterAll(() => world.stop(), 60_000)

test('three workers send one campaign of 20,000: each recipient once, in the frozen order', async () => {
  const workers = await Promise.all([world.startWorker(), world.startWorker(), world.startWorker()])
  const { accountId, phones } = await anAudience(world, RECIPIENTS, RECIPIENTS)
  const { campaignId, quote } = await aRunningCampaign(world, accountId)
  expect(quote).toMatchObject({ recipients: RECIPIENTS, credits: RECIPIENTS })

  await completed(world, campaignId, 540_000)

  const record = world.carrier.control.record()
  expect(record).toHaveLength(RECIPIENTS)
  expect(new Set(record.map((line) => line.to))).toEqual(new Set(phones))
  expect(world.carrier.control.summary()).toMatchObject({
    accepted: RECIPIENTS,
    distinctPhones: RECIPIENTS,
    phonesWithSeveral: 0,
    duplicates: 0,
  })
  expect(await bucketsOf(world.db, accountId)).toEqual({
    available: 0,
    held: 0,
    spent: RECIPIENTS,
    expired: 0,
    debt: 0,
  })
  expect(await ordinalsAsClaimed(world, campaignId)).toEqual(phones.map((_, place) => place + 1))
  const byProcess = await attemptsByProcess(world, campaignId)
  expect([...byProcess.keys()].sort()).toEqual(workers.map(({ pid }) => pid).sort())
  expect((await runAudit(world.db)).findings.filter(({ breaches }) => breaches > 0)).toEqual([])
}, 600_000)
