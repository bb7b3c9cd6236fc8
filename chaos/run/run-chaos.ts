import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { runAudit } from '../../src/app/audit/run-audit.js'
import { seededRandom } from '../../src/kernel/random.js'
import { childEnvironment } from '../../src/local/environment.js'
import { checkoutRoot } from '../../src/local/checkout.js'
import { judge } from '../oracle/judge.js'
import { measureDelays } from '../oracle/measure-delays.js'
import { readFacts } from '../oracle/read-facts.js'
import { traceMessage } from '../oracle/trace-message.js'
import { crashPoints } from '../plan/crash-points.js'
import type { Plan } from '../plan/plan.js'
import { openStage, type Stage } from '../stage/stage.js'
import { fenced, hurried } from '../stage/timings.js'
import { openAccounts } from '../world/open-accounts.js'
import { openJournal } from '../world/journal.js'
import { grant, type World } from '../world/users.js'
import { actAsUser } from './act-as-user.js'
import { crashApis, crashWorkers } from './crash-lanes.js'
import { feedCampaigns } from './feed-campaigns.js'
import { injectFault } from './inject-fault.js'
import { isClean, toResult, type ChaosResult } from './result.js'
import { settle, type Settled } from './settle.js'
import { runStorm } from './storm.js'
import { openTally, type Tally } from './tally.js'

const TRACES_MAX = 10

export interface ChaosOptions {
  plan: Plan
  /** Ctrl-C: the storm ends early, everything is ended, nothing is judged. */
  interrupted: AbortSignal
  say: (line: string) => void
}

/** One run: an installation of its own, the storm, the calm after it, the judgement. Null when it was interrupted. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult | null> {
  const { plan, say } = options
  const stage = await openStage(plan.seed, say)
  let keepAs: string | null = null
  try {
    const result = await play(stage, options)
    if (result !== null && !isClean(result)) keepAs = `tollgate-violation-${plan.seed}`
    return result
  } finally {
    const kept = await stage.close({ keepAs })
    if (kept !== null) say(`The data of this run is kept in ${kept}.`)
  }
}

async function play(stage: Stage, options: ChaosOptions): Promise<ChaosResult | null> {
  const { plan, interrupted, say } = options
  const world = await openWorld(stage, options)
  const tally = openTally(crashPoints)
  say(`Storm of ${plan.stormMs / 1000} s.`)
  await runStorm(plan, {
    stage,
    tally,
    say,
    interrupted,
    doFault: (fault) =>
      fault.track === 'users' ? actAsUser(world, tally, fault) : injectFault(stage, tally, fault),
    companions: [
      (storm) => feedCampaigns(world, storm),
      (storm) => crashWorkers(world, tally, plan.workerCrashes, storm),
      (storm) => crashApis(world, tally, plan.apiCrashes, storm),
    ],
  })
  say('The storm is over; waiting until everything is settled.')
  const settled = await settle(world)
  if (interrupted.aborted) return null
  const { isQuiet, open, seconds } = settled
  say(`${isQuiet ? 'Quiet' : `NOT quiet: ${JSON.stringify(open)}`} after ${seconds} s.`)
  return pronounce(world, { plan, tally, settled })
}

async function openWorld(stage: Stage, { plan, interrupted, say }: ChaosOptions): Promise<World> {
  await proveFence(stage)
  const people = await openAccounts(stage.db)
  await stage.startProgram()
  let keys = 0
  const world: World = {
    ...people,
    stage,
    say,
    interrupted,
    journal: openJournal(),
    random: seededRandom(plan.seed * 31 + 100),
    nextKey: (kind) => `s${plan.seed}-${kind}-${(keys += 1)}`,
  }
  for (const account of world.accounts) await grant(world, account, account.firstCredits)
  return world
}

/** The judgement, with the trace of whatever is wrong. */
async function pronounce(
  world: World,
  run: { plan: Plan; tally: Tally; settled: Settled },
): Promise<ChaosResult> {
  const { db } = world.stage
  const facts = await readFacts(world)
  const audit = await runAudit(db)
  const delays = await measureDelays(db, facts.record)
  const findings = judge(facts)
  for (const { id, what, rows } of audit.findings.filter(({ breaches }) => breaches > 0))
    world.say(`BROKEN ${id} ${what}: ${JSON.stringify(rows)}`)
  for (const { harm, what, messageId } of findings.slice(0, TRACES_MAX)) {
    world.say(`${harm}: ${what}`)
    const trace = messageId === null ? [] : await traceMessage(db, messageId, facts.record)
    for (const line of trace) world.say(line)
  }
  return toResult({ ...run, world, facts, delays, findings, auditBreaches: audit.breaches })
}

/** As an administrator does before accounts may choose P1. */
async function proveFence(stage: Stage): Promise<void> {
  const doctor = path.join(checkoutRoot(), 'dist', 'src', 'commands', 'doctor.js')
  await promisify(execFile)(process.execPath, [doctor], {
    env: childEnvironment({
      ...hurried,
      ...fenced,
      DATABASE_URL: stage.databaseUrl,
      TWILIO_API_BASE_URL: `http://127.0.0.1:${stage.carrier.port}`,
      PUBLIC_BASE_URL: stage.address,
    }),
  })
}
