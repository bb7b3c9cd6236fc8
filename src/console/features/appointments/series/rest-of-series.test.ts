import { expect, test } from '@jest/globals'
import { ruleOf } from '../booking/rhythm.js'
import { restOf } from './rest-of-series.js'

const series = {
  rule: 'FREQ=WEEKLY;BYDAY=MO,WE;COUNT=20',
  localStart: '2026-03-02T09:00:00',
  zone: 'America/New_York',
}

test.each([
  ['Monday, as the series began', '2026-03-09T13:00:00Z', '2026-03-09'],
  ['Wednesday', '2026-03-04T14:00:00Z', '2026-03-04'],
])('a series whose next occurrence is on a %s keeps all of its weekdays', (_, startsAt, date) => {
  const rest = restOf(series, startsAt)

  expect(rest).toMatchObject({ date, time: '09:00' })
  expect(ruleOf(rest.rhythm, rest.date)).toBe(series.rule)
})

test('a series with nothing written ahead keeps all of its weekdays, whatever date is chosen', () => {
  const { rhythm, time } = restOf(series, null)

  expect(time).toBe('09:00')
  expect(ruleOf(rhythm, '2026-03-04')).toBe(series.rule)
})
