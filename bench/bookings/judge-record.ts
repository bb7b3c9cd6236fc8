import { readQuery } from '../../src/platform/db/transaction.js'
import type { Stage } from '../support/stage.js'

/** What is to reach a phone: one text that says so, or none. */
export interface Expectation {
  phone: string
  says: string | null
}

export interface Verdict {
  /** Texts that are to reach phones, each once. */
  expected: number
  arrivedOnce: number
  missing: number
  /** Said something that was no longer so. */
  stale: number
  /** Came when the appointment had begun. */
  tooLate: number
  duplicates: number
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
  const counts = { arrivedOnce: 0, missing: 0, stale: 0, tooLate: 0, duplicates: 0 }
  for (const { phone, says } of expectations) {
    const texts = byPhone.get(phone) ?? []
    if (says === null) {
      counts.tooLate += texts.length
      continue
    }
    const right = texts.filter(({ body }) => body?.includes(says) === true).length
    counts.stale += texts.length - right
    counts.duplicates += Math.max(0, right - 1)
    if (right === 1) counts.arrivedOnce += 1
    else if (right === 0) counts.missing += 1
  }
  const [row] = await readQuery<{ spent: string }>(
    stage.db,
    '/* bench.spent */ select sum(spent) as spent from credit_balance',
  )
  const segments = lines.reduce((sum, line) => sum + line.segments, 0)
  return {
    expected: expectations.filter(({ says }) => says !== null).length,
    ...counts,
    ledgerOff: Math.abs(Number(row?.spent ?? 0) - segments),
  }
}
