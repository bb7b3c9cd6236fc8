const tickMs = 10

/** Many things to do later, with one timer for all. Order within a tick is the order in which they were added. */
export class TimeWheel {
  private readonly slots = new Map<number, (() => void)[]>()
  private lastTick: number
  private timer: NodeJS.Timeout | null = null
  private size = 0

  constructor(private readonly nowMs: () => number) {
    this.lastTick = this.tickOf(nowMs())
  }

  get waiting(): number {
    return this.size
  }

  at(dueMs: number, act: () => void): void {
    if (this.timer === null) {
      this.lastTick = this.tickOf(this.nowMs())
      this.timer = setInterval(() => this.turn(), tickMs)
    }
    const tick = Math.max(this.lastTick + 1, this.tickOf(dueMs))
    const slot = this.slots.get(tick)
    if (slot) slot.push(act)
    else this.slots.set(tick, [act])
    this.size += 1
  }

  clear(): void {
    if (this.timer !== null) clearInterval(this.timer)
    this.timer = null
    this.slots.clear()
    this.size = 0
  }

  private turn(): void {
    const from = this.lastTick + 1
    const upTo = this.tickOf(this.nowMs())
    // What is added from now on comes after this turn.
    this.lastTick = Math.max(this.lastTick, upTo)
    // A clock that jumps, as one in a test does, skips far more ticks than there are slots.
    if (upTo - from > this.slots.size) {
      const ticks = [...this.slots.keys()].filter((tick) => tick <= upTo)
      for (const tick of ticks.sort((one, two) => one - two)) this.act(tick)
    } else for (let tick = from; tick <= upTo; tick += 1) this.act(tick)
    if (this.size === 0) this.clear()
  }

  private act(tick: number): void {
    const due = this.slots.get(tick)
    if (due === undefined) return
    this.slots.delete(tick)
    this.size -= due.length
    for (const act of due) act()
  }

  private tickOf(ms: number): number {
    return Math.floor(ms / tickMs)
  }
}
