import type { SeedResult } from '../run-seed.js'

export type ToRunner = { kind: 'run'; seed: number; verbose: boolean } | { kind: 'end' }

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
