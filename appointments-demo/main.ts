import 'reflect-metadata'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { runAudit } from '../src/app/audit/run-audit.js'
import { checkoutRoot } from '../src/local/checkout.js'
import { chooseOutage } from './choose-outage.js'
import { judge } from './judge.js'
import { play } from './play.js'
import { expectedTexts } from './reference-planner.js'
import { masked, printStory, readPlan, readSums } from './report.js'
import { DEFAULT_OFFSETS, drawScenario, readEntries } from './scenario.js'
import { openStage } from './stage.js'

const sample = path.join(checkoutRoot(), 'examples', 'appointments', 'appointments.json')
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    file: { type: 'string', default: sample },
    seed: { type: 'string', default: '1' },
  },
})

/** With --json only the last line goes to standard output. */
const say = (line: string): void => {
  ;(values.json ? process.stderr : process.stdout).write(`${line}\n`)
}

/** Weeks of appointments in seconds. Exit code 1 when anything was not as it must be. */
async function main(): Promise<number> {
  const seed = Number(values.seed)
  const entries = readEntries(values.file)
  const scenario = drawScenario(entries, seed)
  const outage = chooseOutage(scenario)
  const days = Math.round((scenario.endsAt - scenario.beginsAt) / 86_400_000)
  say(
    `${String(entries.length)} appointments of ${String(scenario.people.size)} clients in ${String(days)} days, seed ${String(seed)}.`,
  )
  say(`The carrier is away from ${new Date(outage.from).toISOString()} for an hour.\n`)
  const settings = { offsets: DEFAULT_OFFSETS, roles: {} }
  const expected = expectedTexts(scenario.events, settings, scenario.endsAt, outage)
  const stage = await openStage(scenario.beginsAt, seed)
  try {
    await play(stage, scenario, outage)
    const { verdict, texts, missing } = judge(scenario, expected, stage.local.control.record(), outage)
    for (const one of missing)
      say(`MISSING ${one.ref} ${masked(one.party)} ${one.context} ${new Date(one.at).toISOString()}`)
    for (const one of texts.filter((text) => text.expected === null))
      say(`NOT CALLED FOR ${masked(one.to)} ${one.kind} ${one.when} ${new Date(one.at).toISOString()}`)
    const audit = await runAudit(stage.db)
    const sums = await readSums(stage)
    if (!values.json) printStory(scenario, texts, await readPlan(stage), say)
    const ledgerOff = Math.abs(sums.spent - sums.segments) + sums.held
    const result = {
      appointments: entries.length,
      ...verdict,
      spent: sums.spent,
      ledgerOff,
      auditBreaches: audit.breaches,
    }
    if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`)
    else {
      say(
        `\nCredits: ${String(sums.granted)} granted = ${String(sums.available)} available + ${String(sums.held)} held + ${String(sums.spent)} spent; segments at the carrier: ${String(sums.segments)}.`,
      )
      say(`Audit: ${String(audit.checked)} invariants, ${String(audit.breaches)} breaches.\n`)
      for (const [name, value] of Object.entries(result)) say(`${name.padEnd(16)} ${String(value)}`)
    }
    return isAsPromised(result) ? 0 : 1
  } finally {
    await stage.close()
  }
}

function isAsPromised(result: Readonly<Record<string, number>>): boolean {
  const none = [
    'missing',
    'duplicates',
    'unexpected',
    'inQuietHours',
    'afterEvent',
    'stale',
    'withoutConsent',
    'ledgerOff',
    'auditBreaches',
  ]
  return none.every((name) => result[name] === 0) && result['sent'] === result['expected']
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exit(1)
  },
)
