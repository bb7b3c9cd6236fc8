import { describe, expect, test } from '@jest/globals'
import { isOptOut } from './opt-out-word.js'

describe('an opt-out', () => {
  test.each([
    'STOP',
    'stop',
    ' Stop ',
    'STOP.',
    'Stop!!',
    'stopall',
    'Unsubscribe',
    'CANCEL',
    'end',
    'QUIT',
    'revoke',
    'OptOut',
    'ＳＴＯＰ',
  ])('is %j', (body) => {
    expect(isOptOut(body)).toBe(true)
  })

  test.each([
    '',
    'stop please',
    "don't stop",
    'STOP IT',
    'opt out',
    'START',
    'HELP',
    'no',
    'ends',
    '.',
    'constructor',
  ])('is not %j', (body) => {
    expect(isOptOut(body)).toBe(false)
  })
})
