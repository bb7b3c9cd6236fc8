import { expect, test } from '@jest/globals'
import { newRhythm, rhythmOf, ruleOf, ruleWords } from './rhythm.js'

// A Friday, the first of its month.
const FRIDAY = '2026-03-06'

test.each([
  [{}, 'FREQ=WEEKLY;BYDAY=FR;COUNT=10', 'Every week on Friday, 10 times'],
  [
    { every: 2, alsoOn: ['MO'], ends: 'until', until: '2026-06-30' },
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;UNTIL=20260630T235959',
    'Every 2 weeks on Monday and Friday, until 30 June 2026',
  ],
  [{ unit: 'DAILY', times: 1 }, 'FREQ=DAILY;COUNT=1', 'Every day, 1 time'],
  [{ unit: 'MONTHLY', ends: 'never' }, 'FREQ=MONTHLY', 'Every month on day 6, without an end'],
  [
    { unit: 'MONTHLY', monthly: 'weekday', times: 6 },
    'FREQ=MONTHLY;BYDAY=1FR;COUNT=6',
    'Every month on the first Friday, 6 times',
  ],
] as const)('%j is the rule that says so, in both directions', (part, rule, words) => {
  const rhythm = { ...newRhythm, ...part, alsoOn: 'alsoOn' in part ? [...part.alsoOn] : [] }

  expect(ruleOf(rhythm, FRIDAY)).toBe(rule)
  expect(ruleWords(rule, FRIDAY)).toBe(words)
  expect(ruleOf(rhythmOf(rule, FRIDAY), FRIDAY)).toBe(rule)
})

test('a day that not every month has stands for the last of its name', () => {
  expect(ruleOf({ ...newRhythm, unit: 'MONTHLY', monthly: 'weekday' }, '2026-03-30')).toContain('BYDAY=-1MO')
})

test('there is no rule while the end is missing, and a rule without words stays as it is', () => {
  expect(ruleOf({ ...newRhythm, ends: 'until' }, FRIDAY)).toBeNull()
  expect(ruleOf(newRhythm, '')).toBeNull()
  expect(ruleWords('FREQ=MONTHLY;BYMONTHDAY=-1', FRIDAY)).toBe('FREQ=MONTHLY;BYMONTHDAY=-1')
})
