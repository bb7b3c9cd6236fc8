import type { SeedResult } from '../run-seed.js'

export type ToRunner = { kind: 'run'; seed: number; how: HowToRun } | { kind: 'end' }

export interface HowToRun {
  /** The log comes with the result, even if nothing broke. */
  verbose: boolean
  /** Gives the places of deleted rows away first: rows lie elsewhere then, and no log may tell. */
  vacuum: boolean
}

/** A move of a state machine that was seen. */
export interface SeenMove {
  machine: string
  from: string
  to: string
}

export type FromRunner =
  | { kind: 'ready' }
  | { kind: 'ran'; result: SeedResult }
  | { kind: 'failed'; seed: number; problem: string }
  | { kind: 'ended'; moves: SeenMove[]; statements: number }
