import type { Random } from '../src/kernel/random.js'
import { signBody } from '../src/local/payments/deliver-events.js'
import type { StripeEvent } from '../src/local/payments/objects.js'
import type { VirtualClock } from './virtual-clock.js'

interface Letter {
  body: string
  arrivesAtMs: number
}

export interface WebhookDoor {
  answer(call: {
    headers: Record<string, string>
    rawBody: Buffer
  }): Promise<{ status: number; body?: string }>
}

const HOUR_MS = 3_600_000

/**
 * Carries the provider's events to the program badly: each one to four times, up to some hours late and so in any order,
 * and some never. Now and then it hands over a forged, a stale or a garbled copy as well, which must be refused.
 */
export class PostOffice {
  private letters: Letter[] = []
  readonly counts = { events: 0, deliveries: 0, lost: 0, forged: 0, forgedTaken: 0 }

  constructor(
    private readonly random: Random,
    private readonly clock: VirtualClock,
    private readonly secret: string,
    private readonly terms: { lost: number; lateHoursMax: number },
  ) {}

  post(event: StripeEvent): void {
    this.counts.events += 1
    if (this.random.next() < this.terms.lost) {
      this.counts.lost += 1
      return
    }
    const copies = 1 + Math.floor(this.random.next() * 4)
    const body = JSON.stringify(event)
    for (let copy = 0; copy < copies; copy += 1) {
      const lateMs = this.random.next() ** 3 * this.terms.lateHoursMax * HOUR_MS
      this.letters.push({ body, arrivesAtMs: this.nowMs() + lateMs })
    }
  }

  /** Hands over what has arrived by now, shuffled; everything, when the provider tries until it succeeds. */
  async deliver(door: WebhookDoor, everything = false): Promise<void> {
    const due = this.letters.filter((letter) => everything || letter.arrivesAtMs <= this.nowMs())
    this.letters = this.letters.filter((letter) => !due.includes(letter))
    shuffle(due, this.random)
    await Promise.all(due.map((letter) => this.handOver(door, letter)))
    const [first] = due
    if (first !== undefined && this.random.next() < 0.1) await this.forge(door, first.body)
  }

  private async handOver(door: WebhookDoor, letter: Letter): Promise<void> {
    const signature = signBody(letter.body, this.secret, Math.floor(this.nowMs() / 1_000))
    const answer = await door.answer({
      headers: { 'stripe-signature': signature },
      rawBody: Buffer.from(letter.body),
    })
    this.counts.deliveries += 1
    if (answer.status !== 200) throw new Error(`an honest event was refused: ${String(answer.body)}`)
  }

  private async forge(door: WebhookDoor, body: string): Promise<void> {
    const seconds = Math.floor(this.nowMs() / 1_000)
    const forged = body.replace(/"id":"evt_[^"]*"/, '"id":"evt_forged"')
    const copies = [
      { rawBody: forged, signature: signBody(body, this.secret, seconds) },
      { rawBody: body, signature: signBody(body, this.secret, seconds - 400) },
      { rawBody: body, signature: signBody(body, 'whsec_another', seconds) },
      { rawBody: JSON.stringify(JSON.parse(body), null, 2), signature: signBody(body, this.secret, seconds) },
    ]
    for (const { rawBody, signature } of copies) {
      this.counts.forged += 1
      const answer = await door.answer({
        headers: { 'stripe-signature': signature },
        rawBody: Buffer.from(rawBody),
      })
      if (answer.status === 200) this.counts.forgedTaken += 1
    }
  }

  private nowMs(): number {
    return this.clock.now().toMillis()
  }
}

export function shuffle(items: unknown[], random: Random): void {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random.next() * (last + 1))
    const item = items[last]
    items[last] = items[other]
    items[other] = item
  }
}
