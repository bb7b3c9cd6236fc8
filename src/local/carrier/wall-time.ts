import type { Clock } from '../../kernel/clock.js'

/** Wall-clock milliseconds without making a date object for each; it cannot jump while the process runs. */
export class WallTime {
  private readonly anchorMs: number
  private second = -1
  private secondText = ''

  constructor(private readonly clock: Clock) {
    this.anchorMs = clock.now().toMillis() - clock.monotonicMs()
  }

  nowMs(): number {
    return this.anchorMs + this.clock.monotonicMs()
  }

  /** As the API writes dates: `Sun, 22 Nov 2026 02:23:24 +0000`. The last second is remembered. */
  rfc2822(ms: number): string {
    const second = Math.floor(ms / 1_000)
    if (second !== this.second) {
      this.second = second
      this.secondText = new Date(second * 1_000).toUTCString().replace('GMT', '+0000')
    }
    return this.secondText
  }
}
