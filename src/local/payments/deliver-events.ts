import { createHmac } from 'node:crypto'
import type { StripeEvent } from './objects.js'
import type { PaymentState } from './payment-state.js'

/** As Stripe signs: a time and an HMAC over it and the exact bytes. */
export function signBody(body: string, secret: string, atSeconds: number): string {
  const mac = createHmac('sha256', secret)
    .update(`${String(atSeconds)}.${body}`)
    .digest('hex')
  return `t=${String(atSeconds)},v1=${mac}`
}

/** Hours after which an event is sent again that nobody acknowledged; shortened, since nobody here waits for days. */
const retriesMs = [1_000, 5_000, 20_000, 60_000]

/** Posts events to the endpoint: late, twice, out of order or never, as the behaviour says, and again when refused. */
export class EventDeliveries {
  private readonly timers = new Set<NodeJS.Timeout>()
  private readonly underWay = new Set<Promise<void>>()
  readonly counters = { delivered: 0, refused: 0, lost: 0 }
  private closed = false

  constructor(private readonly state: PaymentState) {}

  push(event: StripeEvent): void {
    const { url, lost, duplicated, late, lateMs, delayMs } = this.state.behaviour.webhooks
    if (url === null) return
    if (this.happens(lost)) {
      this.counters.lost += 1
      return
    }
    const body = JSON.stringify(event)
    const times = this.happens(duplicated) ? 2 : 1
    for (let time = 0; time < times; time += 1)
      this.later(this.happens(late) ? this.draw(lateMs) : this.draw(delayMs), () => this.post(url, body, 0))
  }

  async close(): Promise<void> {
    this.closed = true
    for (const timer of this.timers) clearTimeout(timer)
    this.timers.clear()
    await Promise.allSettled(this.underWay)
  }

  private later(delayMs: number, act: () => Promise<void>): void {
    if (this.closed) return
    const timer = setTimeout(() => {
      this.timers.delete(timer)
      const doing = act().finally(() => this.underWay.delete(doing))
      this.underWay.add(doing)
    }, delayMs)
    this.timers.add(timer)
  }

  /** The signature's time is that of this attempt, by the real clock. */
  private async post(url: string, body: string, tries: number): Promise<void> {
    const seconds = Math.floor(this.state.clock.now().toMillis() / 1_000)
    const ok = await fetch(url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'stripe-signature': signBody(body, this.state.behaviour.webhooks.secret, seconds),
      },
      signal: AbortSignal.timeout(15_000),
    }).then(
      (answer) => answer.ok,
      () => false,
    )
    if (ok) this.counters.delivered += 1
    else {
      this.counters.refused += 1
      const delayMs = retriesMs[tries]
      if (delayMs !== undefined) this.later(delayMs, () => this.post(url, body, tries + 1))
    }
  }

  private happens(probability: number): boolean {
    return probability > 0 && this.state.random.next() < probability
  }

  private draw(span: number | { min: number; max: number }): number {
    if (typeof span === 'number') return span
    return span.min + (span.max - span.min) * this.state.random.next()
  }
}
