import { setImmediate as nextTurn } from 'node:timers/promises'
import { ProcessDied, type VirtualProcess } from './virtual-process.js'
import type { VirtualTime } from './virtual-time.js'

/** Something that can happen next. */
export interface Choice {
  label: string
  who: string
  run(): void
}

interface Parked {
  process: VirtualProcess
  label: string
  resume(): void
  fail(error: Error): void
}

export interface Planned {
  atMs: number
  /** Null: it happens outside of the program, at the carrier or on the wire. */
  process: VirtualProcess | null
  label: string
  run(): void
}

/**
 * Holds everything that could go on, and lets exactly one go on at a time. Code of the program runs until it waits for
 * its turn at the database or for the carrier; what is chosen next is the caller's decision, and nothing else moves.
 */
export class Scheduler {
  private parked: Parked[] = []
  private planned: Planned[] = []
  /** The statement under way, if any: a step is over when all code waits and no statement runs. */
  busy: Promise<unknown> | null = null

  constructor(private readonly time: VirtualTime) {}

  /** Waits for its turn. Rejects when the process has died, then or meanwhile. */
  park(process: VirtualProcess, label: string): Promise<void> {
    if (process.dead) return Promise.reject(new ProcessDied(label))
    return new Promise<void>((resolve, reject) => {
      this.parked.push({ process, label, resume: resolve, fail: reject })
    })
  }

  plan(event: Planned): () => void {
    this.planned.push(event)
    return () => {
      this.planned = this.planned.filter((item) => item !== event)
    }
  }

  choices(): Choice[] {
    const nowMs = this.time.nowMs()
    const free = (process: VirtualProcess | null): boolean =>
      process === null || process.stalledUntilMs <= nowMs
    return [
      ...this.parked
        .filter((item) => free(item.process))
        .map((item) => ({ label: item.label, who: item.process.label, run: () => this.resume(item) })),
      ...this.planned
        .filter((event) => event.atMs <= nowMs && free(event.process))
        .map((event) => ({
          label: event.label,
          who: event.process?.label ?? 'carrier',
          run: () => this.happen(event),
        })),
    ]
  }

  /** When something that is planned, or somebody who is stalled, can go on by itself; null when nothing will. */
  nextMs(): number | null {
    const nowMs = this.time.nowMs()
    const times = [
      ...this.planned.map((event) => Math.max(event.atMs, event.process?.stalledUntilMs ?? 0)),
      ...this.parked.map((item) => item.process.stalledUntilMs),
    ].filter((ms) => ms > nowMs)
    return times.length === 0 ? null : Math.min(...times)
  }

  get isIdle(): boolean {
    return this.parked.length === 0 && this.planned.length === 0
  }

  /** Nothing of this process goes on any more: whatever waits is thrown out of its wait. */
  kill(process: VirtualProcess): void {
    process.dead = true
    const mine = this.parked.filter((item) => item.process === process)
    this.parked = this.parked.filter((item) => item.process !== process)
    this.planned = this.planned.filter((event) => event.process !== process)
    for (const item of mine) item.fail(new ProcessDied(item.label))
  }

  /** Until all code waits again. */
  async settle(): Promise<void> {
    for (;;) {
      await nextTurn()
      if (this.busy === null) return
      await this.busy
    }
  }

  private resume(item: Parked): void {
    this.parked = this.parked.filter((other) => other !== item)
    item.resume()
  }

  private happen(event: Planned): void {
    this.planned = this.planned.filter((other) => other !== event)
    event.run()
  }
}
