import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { QueryObserver } from '@tanstack/react-query'
import type { AnyOperation } from './operation.js'
import { queryClient } from './query-client.js'
import { refresh, refreshAfterChange } from './use-read.js'

const list = { __meta__: { hash: 'sha256:list' } } as unknown as AnyOperation

interface Reading {
  signal: AbortSignal
  answer: (text: string) => Promise<void>
}

let readings: Reading[]
let leave: () => void

beforeEach(() => {
  jest.useFakeTimers()
  readings = []
  leave = new QueryObserver(queryClient, {
    queryKey: ['list', {}],
    queryFn: ({ signal }) =>
      new Promise<string>((resolve) => {
        readings.push({
          signal,
          answer: async (text) => {
            resolve(text)
            await settle()
          },
        })
      }),
  }).subscribe(() => undefined)
})

afterEach(() => {
  leave()
  queryClient.clear()
  jest.useRealTimers()
})

test('pushes during a read let it finish, and have it done once more', async () => {
  await readings[0]?.answer('before')
  void refresh(list)
  for (let push = 0; push < 5; push += 1) void refresh(list)
  await settle()

  expect(readings).toHaveLength(2)
  await readings[1]?.answer('during')
  expect(shown()).toBe('during')
  expect(readings).toHaveLength(3)
  expect(readings[1]?.signal.aborted).toBe(false)

  await readings[2]?.answer('after')
  expect(shown()).toBe('after')
  expect(readings).toHaveLength(3)
})

test('a push during the very first read is not missed', async () => {
  void refresh(list)
  await readings[0]?.answer('before')

  expect(readings).toHaveLength(2)
})

test('after a mutation a read that is under way is given up for a new one', async () => {
  await readings[0]?.answer('before')
  void refresh(list)
  void refreshAfterChange(list)
  await settle()

  expect(readings.map(({ signal }) => signal.aborted)).toEqual([false, true, false])
  await readings[2]?.answer('after')
  expect(shown()).toBe('after')
})

function shown(): unknown {
  return queryClient.getQueryData(['list', {}])
}

/** Until everything that is due at once has happened. */
async function settle(): Promise<void> {
  await jest.advanceTimersByTimeAsync(0)
}
