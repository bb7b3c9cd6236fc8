import type { Plan } from '../plan/plan.js'
import { crashPoints } from '../plan/crash-points.js'
import { injectFault } from '../run/inject-fault.js'
import { runStorm } from '../run/storm.js'
import { openTally } from '../run/tally.js'
import { openStage, type Stage } from '../stage/stage.js'
import { goodDay } from '../stage/timings.js'
import { patiently, until } from '../stage/waiting.js'
import { judgePlain, type Comparison } from './judge-plain.js'
import { makePlainTables, plainLeft, readPlainMessages } from './plain-tables.js'
import type { PlainKind } from './plain-senders.js'

const CONCURRENCY = 10
/** More than three senders can send meanwhile: none is ever idle in the storm. */
const MESSAGES_PER_MINUTE = 1_200
const CREDIT_SHARE = 0.9
const SETTLE_TIMEOUT_MS = 240_000

/** The same storm over a plain sender: same plan, same carrier, same Postgres. Null when it was interrupted. */
export async function runPlain(
  kind: PlainKind,
  options: { plan: Plan; interrupted: AbortSignal; say: (line: string) => void },
): Promise<Comparison | null> {
  const stage = await openStage(options.plan.seed, options.say)
  try {
    return await play(stage, kind, options)
  } finally {
    await stage.close({ keepAs: null })
  }
}

async function play(
  stage: Stage,
  kind: PlainKind,
  { plan, interrupted, say }: { plan: Plan; interrupted: AbortSignal; say: (line: string) => void },
): Promise<Comparison | null> {
  const messages = Math.ceil((plan.stormMs / 60_000) * MESSAGES_PER_MINUTE)
  const credits = Math.floor(messages * CREDIT_SHARE)
  await makePlainTables(stage.db, messages, credits)
  await stage.startSenders('chaos/compare/sender.js', (place) => [
    JSON.stringify({ ...place, kind, concurrency: CONCURRENCY }),
  ])
  const tally = openTally(crashPoints)
  say(`Storm of ${plan.stormMs / 1000} s over ${kind}.`)
  const doFault = (fault: Plan['faults'][number]): Promise<void> => injectFault(stage, tally, fault)
  await runStorm(plan, { stage, tally, say, interrupted, doFault, companions: [] })
  if (interrupted.aborted) return null
  for (const { wires } of stage.workers) {
    wires.database.heal()
    wires.carrier.heal()
  }
  await stage.carrier.change(goodDay)
  const isDone = async (): Promise<boolean> => {
    const left = await patiently(() => plainLeft(stage.db))
    return left.pending === 0 || interrupted.aborted
  }
  await until(isDone, { timeoutMs: SETTLE_TIMEOUT_MS, intervalMs: 1_000 })
  const left = await plainLeft(stage.db)
  return judgePlain(kind, {
    credits,
    kills: tally.kills,
    creditsLeft: left.credits,
    messages: await readPlainMessages(stage.db),
    record: await stage.carrier.record(),
  })
}
