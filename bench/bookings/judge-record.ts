import { readQuery } from '../../src/platform/db/transaction.js'
import type { Stage } from '../support/stage.js'

/** What is to reach a phone: one text that says so, or none. */
export interface Expectation {
  phone: string
  says: string | null
}

interface Verdict {
  expected: number
  arrivedOnce: number
  missing: number
  unexpected: number
  ledgerOff: number
}

interface RecordLine {
  to: string
  body: string | null
  segments: number
}

/** The carrier's own record against what made sense when it could be sent. */
export async function judgeRecord(stage: Stage, expectations: readonly Expectation[]): Promise<Verdict> {
  const record = await (await fetch(`${stage.carrierUrl}/control/record`)).text()
  const lines = record
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RecordLine)
  const byPhone = new Map<string, RecordLine[]>()
  for (const line of lines) byPhone.set(line.to, [...(byPhone.get(line.to) ?? []), line])
  let [arrivedOnce, missing] = [0, 0]
  for (const { phone, says } of expectations) {
    if (says === null) continue
    if (byPhone.get(phone)?.some(({ body }) => body?.includes(says) === true) === true) arrivedOnce += 1
    else missing += 1
  }
  const [row] = await readQuery<{ spent: string }>(
    stage.db,
    '/* bench.spent */ select sum(spent) as spent from credit_balance',
  )
  const segments = lines.reduce((sum, line) => sum + line.segments, 0)
  return {
    expected: expectations.filter(({ says }) => says !== null).length,
    // Whatever is not the one text that was expected of a phone came twice or made no sense.
    ...{ arrivedOnce, missing, unexpected: lines.length - arrivedOnce },
    ledgerOff: Math.abs(Number(row?.spent ?? 0) - segments),
  }
}
