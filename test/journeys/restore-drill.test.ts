import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { runAudit } from '../../src/app/audit/run-audit.js'
import { startLocalCarrier, type LocalCarrier } from '../../src/local/carrier/start-local-carrier.js'
import type { AccountId, CampaignId } from '../../src/kernel/ids.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { resumePlatform, sendingLock } from '../../src/slices/accounts/index.js'
import { scheduleCampaign } from '../../src/slices/campaigns/index.js'
import { aDraft, anAudience, aRunningCampaign, aUser, people, quoted } from '../campaigns/campaign-world.js'
import { aBackedUpCluster, type BackedUpCluster } from '../support/backed-up-cluster.js'
import { bucketsOf } from '../support/builders/credits.js'
import { aSendingAccount } from '../support/builders/messages.js'
import { compileProgram, runCommand, type RunningCommand } from '../support/command.js'
import { eventually } from '../support/eventually.js'
import { anInstallation, campaignNow, completed, type Installation } from '../support/installation.js'

const RECIPIENTS = 600
/** Of a campaign that starts after the backup. */
const LATER_RECIPIENTS = 5

const env = {
  SEND_BATCH_SIZE: '20',
  SEND_CONCURRENCY: '5',
  CREDENTIAL_TTL_SECONDS: '4',
  CARRIER_TIMEOUT_SECONDS: '2',
  CLOCK_SKEW_SECONDS: '0.3',
  LIST_LAG_SECONDS: '1',
}

beforeAll(() => {
  compileProgram()
}, 240_000)

interface Drill {
  cluster: BackedUpCluster
  carrier: LocalCarrier
  accountId: AccountId
  campaignId: CampaignId
  phones: string[]
  laterId: CampaignId
  /** Reached when Postgres was stopped: many more than the restored database knows of. */
  reachedBefore: number
  world: Installation
}

/** A campaign that has not begun at the time of the backup. */
async function aScheduledCampaign(
  world: Installation,
): Promise<{ campaignId: CampaignId; phones: string[] }> {
  const { accountId, phones } = await anAudience(world, LATER_RECIPIENTS, LATER_RECIPIENTS)
  const campaignId = await aDraft(world, accountId)
  const { id: quoteId } = await quoted(world, accountId, campaignId)
  const startAt = world.clock.now().plus({ hours: 1 }).toJSDate()
  const planned = await scheduleCampaign(world.deps, aUser(accountId), { campaignId, quoteId, startAt })
  if (!planned.ok) throw new Error(planned.reason)
  return { campaignId, phones }
}

/** The hour until its start has passed. */
async function itsTimeComes(world: Installation, campaignId: CampaignId): Promise<void> {
  await readQuery(world.db, '/* test */ update campaign set scheduled_at = now() where id = $1', [campaignId])
}

/** A campaign to its middle, a base backup, more of the campaign, a hard stop of everything, and the backup put back. */
async function aRestoredCampaign(how: 'recovered' | 'copied'): Promise<Drill> {
  const cluster = await aBackedUpCluster()
  const carrier = await startLocalCarrier({
    seed: 7,
    behaviour: {
      callbacks: { enabled: false },
      latencyMs: { min: 30, max: 60 },
      listLagMs: { min: 0, max: 500 },
    },
  })
  const before = await anInstallation({ env, carrier, database: await cluster.connect() })
  const accountId = await aSendingAccount(before.db, RECIPIENTS)
  const audience = await people(
    before,
    accountId,
    Array.from({ length: RECIPIENTS }, () => ({})),
  )
  const later = await aScheduledCampaign(before)
  const worker = await before.startWorker()
  const { campaignId } = await aRunningCampaign(before, accountId)
  const reached = (): number => carrier.control.summary().accepted
  await eventually(() => reached() >= 100, { timeoutMs: 60_000, what: 'the middle of the campaign' })
  await cluster.backUp()
  await itsTimeComes(before, later.campaignId)
  const atBackup = reached()
  await eventually(() => reached() >= atBackup + 150, { timeoutMs: 60_000, what: 'more of the campaign' })
  await completed(before, later.campaignId, 60_000)
  worker.kill('SIGKILL')
  await worker.ended
  await cluster.stopHard()
  const reachedBefore = reached()
  await before.drop().catch(() => undefined)
  await cluster.restore(how)
  const world = await anInstallation({ env, carrier, database: await cluster.connect() })
  await itsTimeComes(world, later.campaignId)
  return {
    cluster,
    carrier,
    accountId,
    campaignId,
    reachedBefore,
    world,
    phones: [...audience.map(({ phone }) => phone), ...later.phones],
    laterId: later.campaignId,
  }
}

async function end({ world, carrier, cluster }: Drill): Promise<void> {
  await world.stop()
  await world.drop()
  await carrier.stop()
  await cluster.remove()
}

const knownToDatabase = async (world: Installation): Promise<number> => {
  const [row] = await readQuery<{ n: number }>(
    world.db,
    '/* test.known */ select count(*)::int as n from attempt where sid is not null',
  )
  return row!.n
}

function restore(
  world: Installation,
  args: readonly string[] = [],
  extra: Record<string, string> = {},
): RunningCommand {
  return runCommand('restore', { ...world.env, ...extra }, args)
}

describe.each([
  ['recovered', /^restore: the database is not the one that last sent/],
  ['copied', /^restore: the carrier has sent texts that wait here/],
] as const)('a database that was %s', (how, reason) => {
  let drill: Drill
  beforeAll(async () => {
    drill = await aRestoredCampaign(how)
  }, 240_000)
  afterAll(() => end(drill), 60_000)

  test('claims nothing until the lost tail is accounted for, then each recipient is reached once', async () => {
    const { world, carrier, accountId, campaignId, reachedBefore } = drill
    const known = await knownToDatabase(world)
    expect(reachedBefore - known).toBeGreaterThan(100)

    // The program starts, sees it by itself, and refuses; no administrator's resume helps.
    const worker = await world.startWorker()
    await eventually(() => /"reason":"sending-locked".+messages.lane.blocked/.test(worker.output()), {
      timeoutMs: 60_000,
      what: 'a refused claim',
    })
    expect(await sendingLock(world.db)).toMatchObject({ reason: expect.stringMatching(reason) })
    await resumePlatform(world.deps)
    const refusals = (): number => worker.output().split('messages.lane.blocked').length
    const refused = refusals()
    await eventually(() => refusals() > refused + 1, { timeoutMs: 60_000, what: 'more refused claims' })
    expect(carrier.control.summary().accepted).toBe(reachedBefore)

    // A look that writes nothing, runs that are killed before and after the import, then one to the end.
    const look = restore(world, ['--dry-run'])
    expect(await look.ended).toBe(0)
    expect(await knownToDatabase(world)).toBe(known)
    const before = restore(world, [], { CRASH_AT: 'messages.importSent:written' })
    expect(await before.ended).toBe('SIGKILL')
    expect(await knownToDatabase(world)).toBe(known)
    const between = restore(world, [], { CRASH_AT: 'messages.importSent:committed' })
    expect(await between.ended).toBe('SIGKILL')
    expect((await sendingLock(world.db)).reason).toMatch(reason)
    const run = restore(world)
    expect([await run.ended, run.output()]).toEqual([0, expect.stringContaining('All accounted for')])
    expect(await knownToDatabase(world)).toBeGreaterThanOrEqual(reachedBefore)
    expect((await sendingLock(world.db)).reason).toBeNull()

    // The campaign goes on where it was, in the running worker, and the ledger matches the carrier's record.
    expect(await completed(world, campaignId, 120_000)).toMatchObject({ accepted: RECIPIENTS, unknown: 0 })
    const record = carrier.control.record()
    await completed(world, drill.laterId, 60_000)
    expect(new Set(record.map((line) => line.to))).toEqual(new Set(drill.phones))
    expect(carrier.control.summary()).toMatchObject({
      accepted: RECIPIENTS + LATER_RECIPIENTS,
      phonesWithSeveral: 0,
      duplicates: 0,
    })
    expect(await bucketsOf(world.db, accountId)).toMatchObject({
      available: 0,
      held: 0,
      spent: RECIPIENTS,
    })
    expect((await runAudit(world.db)).findings.filter(({ breaches }) => breaches > 0)).toEqual([])

    // What was written down afterwards says so, and once accepted the database is the known one.
    const [imported] = await readQuery<{ n: number; runs: number }>(
      world.db,
      `/* test.imported */ select count(*)::int as n, (select count(*)::int from restore_run) as runs
       from attempt where evidence = 'restore'`,
    )
    expect(imported!.n).toBeGreaterThan(100)
    expect(imported!.runs).toBe(1)
    const again = restore(world)
    expect([await again.ended, again.output()]).toEqual([0, expect.stringContaining('not locked')])
    expect((await campaignNow(world, campaignId)).state).toBe('completed')
  }, 280_000)
})
