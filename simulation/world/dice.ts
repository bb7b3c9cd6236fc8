import { assert } from '../../src/kernel/assert.js'
import { seededRandom, type Random } from '../../src/kernel/random.js'

/** Chance with a few words for what is asked of it. */
export class Dice implements Random {
  private readonly source: Random

  constructor(seed: number) {
    this.source = seededRandom(seed)
    // Neighbouring seeds begin alike.
    for (let turn = 0; turn < 4; turn += 1) this.source.next()
  }

  next(): number {
    return this.source.next()
  }

  chance(probability: number): boolean {
    return this.source.next() < probability
  }

  /** A whole number, both ends included. */
  between(min: number, max: number): number {
    return min + Math.floor(this.source.next() * (max - min + 1))
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.source.next() * items.length)]
    assert(item !== undefined, 'there is something to pick from')
    return item
  }

  /** One of the items, each as likely as its weight says. */
  weighted<Item>(items: readonly (readonly [weight: number, item: Item])[]): Item {
    const total = items.reduce((sum, [weight]) => sum + weight, 0)
    let left = this.source.next() * total
    for (const [weight, item] of items) {
      left -= weight
      if (left < 0) return item
    }
    const last = items.at(-1)
    assert(last !== undefined, 'there is something to draw from')
    return last[1]
  }
}
