import type { Track } from '../plan/fault-kinds.js'
import { makePlan } from '../plan/plan.js'
import { runChaos } from '../run/run-chaos.js'
import type { Comparison } from './judge-plain.js'
import { plainKinds } from './plain-senders.js'
import { runPlain } from './run-plain.js'

/** What can happen to any sender; users and crash points belong to the program. */
const shared: readonly Track[] = ['processes', 'database', 'network', 'carrier']

/** One storm three times: over the program and over the plain alternatives. Null when it was interrupted. */
export async function compare(options: {
  seed: number
  minutes: number
  interrupted: AbortSignal
  say: (line: string) => void
}): Promise<Comparison[] | null> {
  const { seed, minutes, interrupted, say } = options
  const plan = makePlan({ seed, minutes, only: shared })
  const ours = await runChaos({ plan, interrupted, say })
  if (ours === null) return null
  const { kills, messages, reached, duplicates, unbilled, lost, beyondCredits } = ours
  const rows: Comparison[] = [
    { sender: 'tollgate', kills, messages, reached, duplicates, unbilled, lost, beyondCredits },
  ]
  for (const kind of plainKinds) {
    const row = await runPlain(kind, { plan, interrupted, say })
    if (row === null) return null
    rows.push(row)
  }
  return rows
}

const columns = [
  'sender',
  'kills',
  'messages',
  'reached',
  'duplicates',
  'unbilled',
  'lost',
  'beyondCredits',
] as const

export function comparisonTable(rows: readonly Comparison[]): string[] {
  return [
    `| ${columns.join(' | ')} |`,
    `|:---|${columns
      .slice(1)
      .map(() => '---:|')
      .join('')}`,
    ...rows.map((row) => `| ${columns.map((name) => row[name]).join(' | ')} |`),
  ]
}
