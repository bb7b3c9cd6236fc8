import type { Random } from '../../src/kernel/random.js'

export function between(random: Random, min: number, max: number): number {
  return min + Math.floor(random.next() * (max - min + 1))
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[Math.floor(random.next() * items.length)]
  if (item === undefined) throw new Error('nothing to choose from')
  return item
}

export function shuffled<Item>(random: Random, items: readonly Item[]): Item[] {
  const left = [...items]
  const out: Item[] = []
  while (left.length > 0) out.push(...left.splice(Math.floor(random.next() * left.length), 1))
  return out
}

/** Each item as often as its weight, shuffled, again and again: nothing is left to luck in a short run. */
export function* fromBags<Item>(
  random: Random,
  weighted: readonly (readonly [Item, number])[],
): Generator<Item, never> {
  const bag = weighted.flatMap(([item, weight]) => Array.from({ length: weight }, () => item))
  for (;;) yield* shuffled(random, bag)
}
