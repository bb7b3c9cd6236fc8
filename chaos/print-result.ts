import type { ChaosResult } from './run/result.js'

const columns = [
  'seed',
  'kills',
  'stalls',
  'databaseRestarts',
  'messages',
  'reached',
  'duplicates',
  'lost',
  'beyondCredits',
  'unbilled',
  'auditBreaches',
  'unresolvedUnknown',
  'heldCredits',
  'appliedTwice',
  'unsettled',
  'resentAfterProof',
  'unproven',
  'unprovenReached',
  'settleSeconds',
] as const

/** One row a run, as Markdown, so that it can go into a document as it is. */
export function resultTable(results: readonly ChaosResult[]): string[] {
  return [
    `| ${columns.join(' | ')} |`,
    `|${columns.map(() => '---:|').join('')}`,
    ...results.map((result) => `| ${columns.map((name) => result[name]).join(' | ')} |`),
  ]
}

export function detailLines(result: ChaosResult): string[] {
  const { forbidDelaysMs: delays } = result
  return [
    `forbidden ${delays.events} times; authorised afterwards: ${delays.authorisedAfter} (last ${delays.lastAuthorisedMs} ms after the commit)`,
    `from such a commit to the last text that had been authorised before it: median ${delays.lastReachedMs.median} ms, p99 ${delays.lastReachedMs.p99} ms, max ${delays.lastReachedMs.max} ms (${delays.lastReachedMs.texts} times)`,
    `faults: ${counts(result.faults)}`,
    `calls: ${counts(result.calls)}`,
    'crash points, times hit:',
    ...Object.entries(result.crashPoints).map(([point, hits]) => `  ${point.padEnd(34)} ${hits}`),
  ]
}

function counts(of: Record<string, number>): string {
  return Object.entries(of)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')
}
