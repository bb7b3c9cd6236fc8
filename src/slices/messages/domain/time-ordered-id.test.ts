import { expect, test } from '@jest/globals'
import { systemClock } from '../../../kernel/clock.js'
import { newId, type AttemptId } from '../../../kernel/ids.js'
import { sweepTiers } from './sweep-tier.js'
import { lowestIdAt } from './time-ordered-id.js'

test('every id made at an instant or later is at least its lowest one, every earlier id is less', () => {
  const before = newId<AttemptId>()
  const instant = systemClock.now().plus({ milliseconds: 5 })
  const lowest = lowestIdAt(instant.toJSDate())

  expect(before < lowest).toBe(true)
  expect(lowestIdAt(instant.plus({ milliseconds: 1 }).toJSDate()) > lowest).toBe(true)
  expect(lowest).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7000-8000-0{12}$/)
  expect(lowestIdAt(new Date(-5))).toBe(lowestIdAt(new Date(0)))
})

test('each tier begins where the one before it ends', () => {
  sweepTiers.slice(1).forEach((tier, n) => expect(tier.fromMs).toBe(sweepTiers[n]?.untilMs))
})
