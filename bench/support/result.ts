import type { Spread } from './statistics.js'

/** One line of the report. `ratio` is what the goal speaks of; everything else is context. */
export interface Result {
  id: string
  what: string
  ratio: number
  goal: string
  pass: boolean
  aim?: string
  /** Per pair, in the order measured. */
  pairs?: number[]
  spread?: Spread
  details: Record<string, unknown>
}

export interface BenchOptions {
  pairs: number
  /** Scales the number of messages, for a quick look; 1 is what results are quoted with. */
  scale: number
  say(line: string): void
}
