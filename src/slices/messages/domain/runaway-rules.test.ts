import { expect, test } from '@jest/globals'
import { judgeSingles, type SinglesSeen } from './runaway-rules.js'

const quiet: SinglesSeen = { texts: 100, credits: 300, sameNumber: 4, sameText: 1, narrowRange: 3 }

test.each([
  ['an ordinary hour', {}, 0, null],
  ['four times the same text to one number', { sameText: 4 }, 0, 'same_text'],
  ['eleven texts to one number', { sameNumber: 11 }, 0, 'same_number'],
  ['26 numbers in a row', { narrowRange: 26 }, 0, 'narrow_range'],
  ['501 credits in an hour of a new account', { credits: 501 }, 0, 'spend'],
  ['900 credits where 100 an hour are usual', { credits: 900 }, 100, null],
  ['1,001 credits where 100 an hour are usual', { credits: 1_001 }, 100, 'spend'],
] as const)('%s', (_name, change, average, verdict) => {
  expect(judgeSingles({ ...quiet, ...change }, average)).toBe(verdict)
})
