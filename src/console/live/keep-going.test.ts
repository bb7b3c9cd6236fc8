import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { keepGoing, type Run } from './keep-going.js'

const LONGEST_MS = 5_000
const outage = [{ extensions: { code: 'INTERNAL', retry: 'unknown-outcome' } }]
const restart = [{ extensions: { code: 'SERVER_RESTARTING', retry: 'later' } }]
const refusal = [{ extensions: { code: 'FORBIDDEN', retry: 'never' } }]

let runs: Run[]
let left: number
let stop: () => void

beforeEach(() => {
  jest.useFakeTimers()
  runs = []
  left = 0
  stop = keepGoing((run) => {
    runs.push(run)
    return () => {
      left += 1
    }
  })
})
afterEach(() => {
  stop()
  jest.useRealTimers()
})

test('a stream that has ended begins again, after an outage, a restart and for no reason at all', () => {
  for (const error of [outage, restart, undefined]) {
    const before = runs.length
    runs.at(-1)!.failed(error)
    expect(runs).toHaveLength(before)
    jest.advanceTimersByTime(LONGEST_MS)

    expect(runs).toHaveLength(before + 1)
  }
})

test('it does not while the server means it', () => {
  runs[0]!.failed(refusal)
  jest.advanceTimersByTime(10 * LONGEST_MS)

  expect(runs).toHaveLength(1)
})

test('while it fails at once, the pauses grow to seconds', () => {
  const giveUpAfter = 60_000
  for (let passed = 0; passed < giveUpAfter; passed += 10) {
    runs.at(-1)!.failed(outage)
    jest.advanceTimersByTime(10)
  }

  expect(runs.length).toBeGreaterThan(10)
  expect(runs.length).toBeLessThan(35)
})

test('a run that is over is not heard any more, and one that was left does not begin again', () => {
  runs[0]!.failed(outage)
  runs[0]!.failed(outage)
  jest.advanceTimersByTime(LONGEST_MS)
  expect(runs).toHaveLength(2)
  expect(left).toBe(1)

  stop()
  runs[1]!.failed(outage)
  jest.advanceTimersByTime(LONGEST_MS)

  expect(runs).toHaveLength(2)
  expect(left).toBe(2)
})
