import { AsyncLocalStorage } from 'node:async_hooks'

/** Thrown wherever a dead process would go on, so that its functions unwind without any effect. */
export class ProcessDied extends Error {
  override readonly name = 'ProcessDied'
}

/** One process of the program: it can die at any step, be stopped for a while, and its clock may be off. */
export class VirtualProcess {
  dead = false
  stalledUntilMs = 0
  skewMs = 0
  /** Names of the activities that are under way; each at most once, as the program's own loops keep it. */
  readonly running = new Set<string>()

  constructor(
    readonly name: string,
    readonly incarnation: number,
  ) {}

  get label(): string {
    return `${this.name}.${String(this.incarnation)}`
  }
}

/** Whose code runs, so that a timer belongs to the process that set it. */
export const currentProcess = new AsyncLocalStorage<VirtualProcess>()
