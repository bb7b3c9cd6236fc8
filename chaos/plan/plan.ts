import { seededRandom, type Random } from '../../src/kernel/random.js'
import { apiCrashPoints, isFrequent, workerCrashPoints } from './crash-points.js'
import { between, fromBags, shuffled } from './draw.js'
import { pace, tracks, weightedFaults, type FaultKind, type Track } from './fault-kinds.js'

export interface PlannedFault {
  track: Track
  kind: FaultKind
  /** After the beginning of the storm. */
  atMs: number
  lastsMs: number
  /** For whoever carries it out: which process, which account, how. */
  dice: number
}

/** A process that is started with a crash point, which it reaches at so many passages. */
export interface PlannedCrash {
  point: string
  passage: number
}

export interface Plan {
  seed: number
  stormMs: number
  faults: readonly PlannedFault[]
  /** In this order, again from the start after the last. */
  workerCrashes: readonly PlannedCrash[]
  apiCrashes: readonly PlannedCrash[]
}

export interface PlanOptions {
  seed: number
  minutes: number
  /** Tracks, `crash-points` for all of these, or some of them by name; everything when absent. */
  only?: readonly string[]
}

const PASSAGE_MAX = 3

/** Everything that a run decides, from its seed alone: the same seed is the same plan. */
export function makePlan({ seed, minutes, only }: PlanOptions): Plan {
  const stormMs = minutes * 60_000
  const wanted = (name: string): boolean => only === undefined || only.includes(name)
  const faults = tracks
    .map((track, index) => ({ track, random: seededRandom(seed * 31 + index) }))
    .flatMap(({ track, random }) => (wanted(track) ? planTrack(track, random, stormMs) : []))
    .sort((left, right) => left.atMs - right.atMs)
  const random = seededRandom(seed * 31 + tracks.length)
  const crashes = (points: readonly string[]): PlannedCrash[] =>
    shuffled(random, points)
      .map((point) => ({ point, passage: between(random, 1, isFrequent(point) ? PASSAGE_MAX : 1) }))
      .filter(({ point }) => wanted('crash-points') || wanted(point))
  return {
    seed,
    stormMs,
    faults,
    workerCrashes: crashes(workerCrashPoints),
    apiCrashes: crashes(apiCrashPoints),
  }
}

function planTrack(track: Track, random: Random, stormMs: number): PlannedFault[] {
  const { gap, lasts } = pace[track]
  const kinds = fromBags<FaultKind>(random, weightedFaults[track])
  const planned: PlannedFault[] = []
  let atMs = between(random, 1_000, gap[1] * 1_000)
  while (atMs < stormMs) {
    const lastsMs = between(random, lasts[0] * 1_000, lasts[1] * 1_000)
    const kind = kinds.next().value
    planned.push({ track, kind, atMs, lastsMs, dice: random.next() })
    atMs += lastsMs + between(random, gap[0] * 1_000, gap[1] * 1_000)
  }
  return planned
}

/** One line a fault, so that a run can be read beside its log. */
export function describePlan(plan: Plan): string[] {
  return [
    ...plan.faults.map(
      ({ atMs, lastsMs, track, kind, dice }) =>
        `${(atMs / 1000).toFixed(1).padStart(7)} s  ${track.padEnd(9)} ${kind.padEnd(18)} ${(lastsMs / 1000).toFixed(1)} s  dice ${dice.toFixed(4)}`,
    ),
    `crash points of workers: ${plan.workerCrashes.map(({ point, passage }) => `${point}#${passage}`).join(' ')}`,
    `crash points of the API: ${plan.apiCrashes.map(({ point, passage }) => `${point}#${passage}`).join(' ')}`,
  ]
}
