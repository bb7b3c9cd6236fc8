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
    const upTo = this.tickOf(this.nowMs())
    while (this.lastTick < upTo && this.size > 0) {
      this.lastTick += 1
      const due = this.slots.get(this.lastTick)
      if (due === undefined) continue
      this.slots.delete(this.lastTick)
      this.size -= due.length
      for (const act of due) act()
    }
    if (this.size === 0) this.clear()
    else this.lastTick = upTo
  }

  private tickOf(ms: number): number {
    return Math.floor(ms / tickMs)
  }
}
