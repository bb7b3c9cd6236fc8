import type { Random } from '../../kernel/random.js'
import { faultNames, type Behaviour, type Fault, type Span } from './options.js'

export function drawSpan(span: Span, random: Random): number {
  if (typeof span === 'number') return span
  return span.min + (span.max - span.min) * random.next()
}

export function happens(probability: number, random: Random): boolean {
  return probability > 0 && random.next() < probability
}

export function pick<T>(items: readonly T[], random: Random): T | null {
  return items[Math.floor(random.next() * items.length)] ?? null
}

/** The standard normal value that one in a hundred exceeds. */
const z99 = 2.326

/** Answer times: a fixed time or range, or a log-normal tail through the given median and 99th percentile. */
export function drawLatency(behaviour: Behaviour, random: Random): number {
  const tail = behaviour.latencyTail
  if (tail === null) return drawSpan(behaviour.latencyMs, random)
  const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
  const sigma = Math.log(Math.max(tail.p99Ms, tail.medianMs + 0.001) / Math.max(tail.medianMs, 0.001)) / z99
  return Math.min(60_000, tail.medianMs * Math.exp(sigma * normal))
}

/** Draws from the faults, and hands out those that were asked for by name first. */
export class FaultSource {
  private cumulative: [number, Fault][] = []
  private readonly asked: Fault[] = []

  constructor(private readonly random: Random) {}

  configure(behaviour: Behaviour): void {
    let sum = 0
    this.cumulative = faultNames
      .filter((name) => behaviour.faults[name] > 0)
      .map((name) => [(sum += behaviour.faults[name]), name])
  }

  /** The next `count` creates get this fault, whatever the probabilities say. */
  askFor(fault: Fault, count: number): void {
    for (let index = 0; index < count; index += 1) this.asked.push(fault)
  }

  clear(): void {
    this.asked.length = 0
  }

  next(): Fault | null {
    const asked = this.asked.shift()
    if (asked !== undefined) return asked
    if (this.cumulative.length === 0) return null
    const drawn = this.random.next()
    for (const [upTo, name] of this.cumulative) if (drawn < upTo) return name
    return null
  }
}
