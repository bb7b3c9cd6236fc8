/** What was done to the installation. */
export interface Tally {
  kills: number
  stalls: number
  databaseRestarts: number
  faults: Map<string, number>
  /** How often a process ended itself at each named place. */
  crashPoints: Map<string, number>
}

export function openTally(points: readonly string[]): Tally {
  return {
    kills: 0,
    stalls: 0,
    databaseRestarts: 0,
    faults: new Map(),
    crashPoints: new Map(points.map((point) => [point, 0])),
  }
}

export function countFault(tally: Tally, kind: string): void {
  tally.faults.set(kind, (tally.faults.get(kind) ?? 0) + 1)
}
