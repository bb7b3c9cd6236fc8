import { assert } from '../src/kernel/assert.js'
import { canonical, keyOf } from './canonical.js'
import { holds, isOver, stateInvariants, type InvariantName, type StateInvariant } from './invariants.js'
import { firstState, type State } from './protocol-state.js'
import type { World } from './scenarios.js'
import { stepsFrom } from './steps.js'

export interface Violation {
  invariant: InvariantName
  /** What happened, in order, as short as it can be. */
  trace: string[]
}

export interface Exploration {
  states: number
  transitions: number
  /** Steps of the longest of the shortest ways. */
  depth: number
  violation: Violation | null
  /** False when the bound on states was reached first. */
  isComplete: boolean
}

export interface ExploreOptions {
  world: World
  /** All of them unless told. */
  only?: InvariantName
  statesMax: number
}

/** Where each state was first reached from, and which steps need no luck. */
interface Graph {
  parents: number[]
  /** Steps that are not faults, as pairs of from and to. */
  edges: GrowingPairs
  isOver: boolean[]
}

/** Breadth first through every state that can be reached, so the first violation found has the shortest trace. */
export function explore({ world, only, statesMax }: ExploreOptions): Exploration {
  const asked = stateInvariants.filter((name) => only === undefined || only === name)
  const first = canonical(firstState(world.scenario), world)
  const seen = new Map<string, number>([[keyOf(first), 0]])
  const graph: Graph = { parents: [-1], edges: new GrowingPairs(), isOver: [isOver(first, world)] }
  let level: State[] = [first]
  let levelStart = 0
  let transitions = 0
  let depth = 0
  const result = (violation: Violation | null, isComplete: boolean): Exploration => ({
    states: seen.size,
    transitions,
    depth,
    violation,
    isComplete,
  })
  while (level.length > 0) {
    const nextStart = levelStart + level.length
    const next: State[] = []
    for (const [offset, state] of level.entries()) {
      const from = levelStart + offset
      for (const step of stepsFrom(state, world)) {
        transitions += 1
        const reached = canonical(step.next, world)
        const key = keyOf(reached)
        let to = seen.get(key)
        if (to === undefined) {
          to = seen.size
          seen.set(key, to)
          graph.parents.push(from)
          graph.isOver.push(isOver(reached, world))
          next.push(reached)
          const broken = brokenBy(asked, reached, world)
          if (broken !== null)
            return result({ invariant: broken, trace: traceTo(to, graph, seen, world) }, false)
        }
        if (step.isFault !== true) graph.edges.push(from, to)
      }
      if (seen.size > statesMax) return result(null, false)
    }
    level = next
    levelStart = nextStart
    if (next.length > 0) depth += 1
  }
  const stuck = only === undefined || only === 'nothing-lost' ? firstStuck(graph) : null
  return result(
    stuck === null ? null : { invariant: 'nothing-lost', trace: traceTo(stuck, graph, seen, world) },
    true,
  )
}

function brokenBy(asked: readonly StateInvariant[], state: State, world: World): StateInvariant | null {
  return asked.find((name) => !holds(name, state, world)) ?? null
}

/** The first state from which no way without luck leads to the end. */
function firstStuck({ edges, isOver: ends }: Graph): number | null {
  const before = edges.bySecond(ends.length)
  const isFine = ends.slice()
  const open = [...ends.keys()].filter((id) => ends[id] === true)
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const from of before(id)) {
      if (isFine[from] === true) continue
      isFine[from] = true
      open.push(from)
    }
  }
  const stuck = isFine.indexOf(false)
  return stuck < 0 ? null : stuck
}

/** The names of the steps are not kept while exploring: the way is walked again. */
function traceTo(
  target: number,
  { parents }: Graph,
  seen: ReadonlyMap<string, number>,
  world: World,
): string[] {
  const way: number[] = []
  for (let id = target; id > 0; id = parents[id] ?? 0) way.unshift(id)
  const keys = [...seen.keys()]
  const names: string[] = []
  let state = canonical(firstState(world.scenario), world)
  for (const id of way) {
    const taken = stepsFrom(state, world)
      .map(({ name, next }) => ({ name, state: canonical(next, world) }))
      .find((step) => keyOf(step.state) === keys[id])
    assert(taken !== undefined, 'a way that was found is found again')
    names.push(taken.name)
    state = taken.state
  }
  return names
}

/** Pairs of numbers in typed arrays: there are millions. */
class GrowingPairs {
  private firsts = new Int32Array(1 << 16)
  private seconds = new Int32Array(1 << 16)
  private length = 0

  push(one: number, other: number): void {
    if (this.length === this.firsts.length) {
      this.firsts = grown(this.firsts)
      this.seconds = grown(this.seconds)
    }
    this.firsts[this.length] = one
    this.seconds[this.length] = other
    this.length += 1
  }

  /** For each second, its firsts. */
  bySecond(count: number): (second: number) => Int32Array {
    const ends = new Int32Array(count + 1)
    for (let pair = 0; pair < this.length; pair += 1)
      ends[at(this.seconds, pair)] = at(ends, at(this.seconds, pair)) + 1
    for (let second = 1; second <= count; second += 1) ends[second] = at(ends, second) + at(ends, second - 1)
    const starts = ends.slice()
    const sorted = new Int32Array(this.length)
    for (let pair = 0; pair < this.length; pair += 1) {
      const second = at(this.seconds, pair)
      const place = at(starts, second) - 1
      starts[second] = place
      sorted[place] = at(this.firsts, pair)
    }
    return (second) => sorted.subarray(at(starts, second), at(ends, second))
  }
}

const at = (array: Int32Array, index: number): number => array[index] ?? 0

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2)
  larger.set(array)
  return larger
}
