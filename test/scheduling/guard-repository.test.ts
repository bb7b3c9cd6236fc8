import { expect, test } from '@jest/globals'
import type { JobParameters, JobRepository } from 'agenda'
import { guardRepository } from '../../src/platform/scheduling/guard-repository.js'

// Moments that no real store can be made to have at will: an unlock that fails, and a lock that is late.

const now = new Date('2026-03-02T15:00:00Z')
const job = { name: 'look' } as JobParameters

function guarded(repository: Partial<JobRepository>) {
  const troubles: unknown[] = []
  const guard = guardRepository(repository as JobRepository, {
    name: 'test',
    channel: undefined,
    leaseMs: 5_000,
    now: () => now,
    writing: new Set(),
    onTrouble: (error) => troubles.push(error),
  })
  return { ...guard, troubles, repository: repository as JobRepository }
}

const idle: Partial<JobRepository> = {
  unlockJob: async () => undefined,
  getNextJobToRun: async () => undefined,
  saveJobState: async () => undefined,
}

test('an unlock that fails is reported: Agenda does not look at its promise, and the process would end', async () => {
  const failure = new Error('the store is away')
  const { repository, troubles } = guarded({ ...idle, unlockJob: () => Promise.reject(failure) })

  await repository.unlockJob(job)

  expect(troubles).toEqual([failure])
})

test('stopping waits for locks that are being taken, and takes no more', async () => {
  let deliver: (found: JobParameters) => void = () => undefined
  let asked = 0
  const { repository, stopLocking } = guarded({
    ...idle,
    getNextJobToRun: () => {
      asked += 1
      return new Promise((found) => (deliver = found))
    },
  })
  const late = repository.getNextJobToRun('look', now, now, undefined, undefined)
  let isStopped = false
  const stopping = stopLocking().then(() => (isStopped = true))

  const refused = await repository.getNextJobToRun('look', now, now, undefined, undefined)
  expect({ refused, asked, isStopped }).toEqual({ refused: undefined, asked: 1, isStopped: false })
  deliver(job)

  expect(await late).toBe(job)
  await stopping
})

test('locks are taken and judged by the given clock', async () => {
  const times: unknown[] = []
  const { repository } = guarded({
    ...idle,
    getNextJobToRun: async (_name, _nextScanAt, deadline, lockedAt) => {
      times.push(deadline.toISOString(), lockedAt?.toISOString())
      return undefined
    },
  })

  await repository.getNextJobToRun('look', new Date(0), new Date(0), undefined, undefined)

  expect(times).toEqual(['2026-03-02T14:59:55.000Z', '2026-03-02T15:00:00.000Z'])
})

test('what would load all jobs into memory is refused', async () => {
  const { repository } = guarded({ ...idle })

  await expect(repository.queryJobs()).rejects.toThrow('memory')
  await expect(repository.getJobsOverview()).rejects.toThrow('memory')
})
