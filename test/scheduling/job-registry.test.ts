import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { defineJobs, makeJobs, type JobUseCases } from '../../src/app/job-registry.js'
import { eventually } from '../support/eventually.js'
import { openPostgresStore } from './postgres-under-test.js'
import { schedulersOf, type StoreUnderTest } from './store-under-test.js'

const schedulers = schedulersOf()
let store: StoreUnderTest

beforeAll(async () => {
  store = await openPostgresStore()
})

afterEach(() => schedulers.drainAll())

afterAll(() => store.close())

function countingUseCases(): { useCases: JobUseCases; counts: Map<string, number> } {
  const counts = new Map<string, number>()
  const useCases = new Proxy({} as JobUseCases, {
    get: (_target, name) => async () => counts.set(String(name), (counts.get(String(name)) ?? 0) + 1),
  })
  return { useCases, counts }
}

test('no job waits longer than a minute of sweeps, but for what looks far ahead or back and what saves space', () => {
  const jobs = makeJobs(countingUseCases().useCases, { sweepIntervalMs: 5_000 })

  const slow = jobs.filter(({ everyMs }) => (everyMs ?? 0) > 60_000)

  expect(slow.map(({ name }) => name)).toEqual([
    'extend-series',
    'find-missed-events',
    'reconcile-billing',
    'purge-deliveries',
    'purge-expired',
  ])
  expect(new Set(jobs.map(({ name }) => name)).size).toBe(jobs.length)
})

test('every job of the program runs by itself, and those of the sweep again and again', async () => {
  const { useCases, counts } = countingUseCases()
  const jobs = makeJobs(useCases, { sweepIntervalMs: 50 })

  const scheduler = schedulers.create(store.direct, [])
  defineJobs(scheduler, useCases, { sweepIntervalMs: 50 })
  scheduler.start()

  await eventually(
    () => {
      for (const { name, everyMs } of jobs)
        expect(counts.get(name) ?? 0).toBeGreaterThanOrEqual((everyMs ?? 0) < 200 ? 3 : 1)
      return true
    },
    { timeoutMs: 60_000 },
  )
})
