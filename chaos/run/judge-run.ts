import { runAudit } from '../../src/app/audit/run-audit.js'
import { judge } from '../oracle/judge.js'
import { measureDelays } from '../oracle/measure-delays.js'
import { readFacts, type Evidence } from '../oracle/read-facts.js'
import { traceMessage } from '../oracle/trace-message.js'
import type { Plan } from '../plan/plan.js'
import type { Journal } from '../world/journal.js'
import { toResult, type ChaosResult } from './result.js'
import type { Settled } from './settle.js'
import type { Tally } from './tally.js'

const TRACES_MAX = 10

/** The judgement over one run, with the trace of whatever is wrong. */
export async function judgeRun(
  evidence: Evidence & { journal: Journal },
  run: { plan: Plan; tally: Tally; settled: Settled },
  say: (line: string) => void,
): Promise<ChaosResult> {
  const { db, journal } = evidence
  const facts = await readFacts(evidence)
  const audit = await runAudit(db)
  const delays = await measureDelays(db, facts.record)
  const findings = judge(facts)
  for (const { id, what, rows } of audit.findings.filter(({ breaches }) => breaches > 0))
    say(`BROKEN ${id} ${what}: ${JSON.stringify(rows)}`)
  for (const { harm, what, messageId } of findings.slice(0, TRACES_MAX)) {
    say(`${harm}: ${what}`)
    const trace = messageId === null ? [] : await traceMessage(db, messageId, facts.record)
    for (const line of trace) say(line)
  }
  return toResult({ ...run, journal, facts, delays, findings, auditBreaches: audit.breaches })
}
