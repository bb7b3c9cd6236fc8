import { isQuiet, MINUTE } from './reference-clock.js'
import { expectedTexts, type Outage } from './reference-planner.js'
import { DEFAULT_OFFSETS, type Scenario } from './scenario.js'

const HOUR = 60 * MINUTE

/** The hour in which most texts are due that still make sense after it: what an outage of the carrier would hurt most. */
export function chooseOutage(scenario: Scenario): Outage {
  const { events, endsAt, people } = scenario
  const texts = expectedTexts(events, { offsets: DEFAULT_OFFSETS, roles: {} }, endsAt)
  const zoneOf = (party: string): string => people.get(party)?.zone ?? 'UTC'
  let best = { from: endsAt, count: 0 }
  for (const { at } of texts) {
    const from = at - 5 * MINUTE
    const hit = texts.filter((text) => text.at >= from && text.at < from + HOUR)
    const isPlain = hit.every(({ party }) => !isQuiet(zoneOf(party), from + 100 * MINUTE))
    const count = hit.filter(({ usefulUntil }) => usefulUntil > from + 100 * MINUTE).length
    if (isPlain && count > best.count) best = { from, count }
  }
  return { from: best.from, to: best.from + HOUR }
}
