import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { systemClock } from '../../src/kernel/clock.js'
import { eventually } from '../support/eventually.js'
import { countingJob, type CountingJob } from './counting-job.js'
import { schedulersOf, type StoreUnderTest } from './store-under-test.js'

const EVERY_MS = 150
/** Long enough that a busy machine renews in time, short enough to wait for three of them. */
const LEASE_MS = 2_500

/** What a scheduler promises, on whichever store. */
export function describeJobs(storeName: string, openStore: () => Promise<StoreUnderTest>): void {
  describe(`jobs on ${storeName}`, () => {
    const schedulers = schedulersOf()
    const { create } = schedulers
    const gated: CountingJob[] = []
    let store: StoreUnderTest

    beforeAll(async () => {
      store = await openStore()
    })

    afterEach(async () => {
      store.restore()
      for (const job of gated.splice(0)) job.gate.open()
      await schedulers.drainAll()
      await store.lose()
    })

    afterAll(() => store.close())

    function closed(job: CountingJob): CountingJob {
      job.gate.close()
      gated.push(job)
      return job
    }

    const isUp = (scheduler: ReturnType<typeof create>) => () => scheduler.state().connection === 'up'
    const oneOffs = async () => (await store.rows()).filter(({ type }) => type === 'normal')
    const soon = () => systemClock.now().plus({ milliseconds: 50 })
    const muchLater = () => systemClock.now().plus({ hours: 5 })

    describe('recurring', () => {
      test('three processes share one row, and each turn is one run', async () => {
        const look = countingJob('look', { everyMs: 400 })
        const processes = [look.job, look.twin(), look.twin()].map((job) => create(store.direct, [job]))
        for (const scheduler of processes) scheduler.start()
        // While all of them put the row in, each may run it once.
        await eventually(() => look.runs.length >= 1 && processes.every((scheduler) => isUp(scheduler)()))
        const soFar = look.runs.length
        const startedMs = systemClock.monotonicMs()

        await eventually(() => look.runs.length >= soFar + 5)

        const turns = (systemClock.monotonicMs() - startedMs) / 400
        expect(look.runs.length - soFar).toBeLessThanOrEqual(turns + 2)
        expect(await store.rows()).toMatchObject([{ name: 'look', type: 'single', key: 'recurring' }])
      })

      test('a run that fails is reported and does not keep the next from coming', async () => {
        let runs = 0
        const fail = async () => {
          runs += 1
          throw new Error('the database was away')
        }
        const scheduler = create(store.direct, [
          { name: 'fails', everyMs: EVERY_MS, payloadSchema: z.object({}), run: fail },
        ])
        scheduler.start()

        await eventually(() => runs >= 3)

        expect(scheduler.state().jobs[0]).toMatchObject({ name: 'fails', failures: expect.any(Number) })
        expect(scheduler.state().jobs[0]!.failures).toBeGreaterThanOrEqual(2)
      })

      test('a changed interval takes effect with the next start', async () => {
        const slow = countingJob('look', { everyMs: 60_000 })
        const before = create(store.direct, [slow.job])
        before.start()
        await eventually(() => slow.runs.length === 1)
        await before.drain(1_000)

        const fast = countingJob('look', { everyMs: 60 })
        create(store.direct, [fast.job]).start()

        await eventually(() => fast.runs.length >= 4)
        expect(await store.rows()).toHaveLength(1)
      })

      test('a clock that ran an hour ahead delays nothing, and what it wrote is put right', async () => {
        const look = countingJob('look', { everyMs: 60 })
        const scheduler = create(store.direct, [look.job])
        scheduler.start()
        await eventually(() => look.runs.length >= 1)

        await eventually(async () => {
          await store.lockFarAhead('look')
          const [row] = await store.rows()
          return row?.locked
        })
        const soFar = look.runs.length

        await eventually(() => look.runs.length >= soFar + 3)
        await eventually(async () => {
          const [row] = await store.rows()
          return row !== undefined && (row.nextRunAtMs ?? 0) < systemClock.now().toMillis() + 60_000
        })
      })
    })

    describe('waking', () => {
      test('a process that runs no jobs wakes one that does, and nothing is left behind', async () => {
        const look = countingJob('look')
        const worker = create(store.direct, [look.job])
        worker.start()
        const producer = create(store.direct, [look.twin()])

        expect(await producer.wake('look', { campaign: 7 })).toBe('enqueued')

        await eventually(() => look.runs.length === 1)
        expect(look.runs).toEqual([{ campaign: 7 }])
        await eventually(async () => (await store.rows()).length === 0)
      })

      test('a thousand wake-ups at once are a few runs, and the last is not lost', async () => {
        const look = countingJob('look')
        const worker = create(store.direct, [look.job])
        worker.start()
        const producer = create(store.direct, [look.twin()])

        const outcomes = await Promise.all(Array.from({ length: 1_000 }, () => producer.wake('look')))

        expect(new Set(outcomes)).toEqual(new Set(['enqueued']))
        await eventually(async () => look.ended > 0 && (await oneOffs()).length === 0)
        expect(look.runs.length).toBeLessThanOrEqual(4)
      })

      test('a wake-up during a run brings another run after it', async () => {
        const look = closed(countingJob('look'))
        const worker = create(store.direct, [look.job])
        worker.start()
        await worker.wake('look')
        await eventually(() => look.running === 1)

        await worker.wake('look')
        look.gate.open()

        await eventually(() => look.ended === 2)
        expect(look.runningMost).toBe(1)
      })

      test('a payload that does not fit is refused before it is put in', async () => {
        const strict = countingJob('strict', { payloadSchema: z.strictObject({ campaignId: z.uuid() }) })
        const worker = create(store.direct, [strict.job])
        worker.start()

        await expect(worker.wake('strict', { campaignId: 'seven' })).rejects.toThrow('refused')

        expect(await store.rows()).toEqual([])
      })

      test('a payload that an older version put in is dropped, and other jobs run on', async () => {
        const older = countingJob('strict')
        const newer = countingJob('strict', { payloadSchema: z.strictObject({ campaignId: z.uuid() }) })
        const other = countingJob('other')
        const worker = create(store.direct, [newer.job, other.job])
        worker.start()
        const producer = create(store.direct, [older.job, other.twin()])

        await producer.wake('strict', { campaign: 7 })
        await eventually(async () => (await store.rows()).length === 0)
        await producer.wake('other')

        await eventually(() => other.ended === 1)
        expect(newer.runs).toEqual([])
      })
    })

    describe('scheduling', () => {
      test('the same key put in twenty times at once by three processes is one row and one run', async () => {
        const start = countingJob('start')
        const processes = [start.job, start.twin(), start.twin()].map((job) => create(store.direct, [job]))
        const at = muchLater()

        const outcomes = await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            processes[index % 3]!.schedule(at, 'start', {}, 'campaign-7'),
          ),
        )

        expect(new Set(outcomes)).toEqual(new Set(['scheduled']))
        expect(await store.rows()).toMatchObject([{ key: 'once:campaign-7' }])
        await processes[0]!.schedule(soon(), 'start', {}, 'campaign-7')
        processes[1]!.start()
        await eventually(async () => (await store.rows()).length === 0)
        expect(start.runs).toHaveLength(1)
      })

      test('a second call moves the alarm, also to an earlier time', async () => {
        const start = countingJob('start')
        const worker = create(store.direct, [start.job])
        worker.start()
        await worker.schedule(muchLater(), 'start', { campaign: 7 })

        await worker.schedule(soon(), 'start', { campaign: 7 })

        await eventually(() => start.ended === 1)
        await eventually(async () => (await store.rows()).length === 0)
      })

      test('a key is free again once its job has run', async () => {
        const start = countingJob('start')
        const worker = create(store.direct, [start.job])
        worker.start()

        for (const times of [1, 2]) {
          await worker.schedule(soon(), 'start', {}, 'again')
          await eventually(() => start.ended === times)
          await eventually(async () => (await store.rows()).length === 0)
        }
      })
    })

    describe('locks', () => {
      test('a run of three lock lifetimes is not run again by another process meanwhile', async () => {
        const long = closed(countingJob('long'))
        const processes = [long.job, long.twin()].map((job) => create(store.direct, [job]))
        for (const scheduler of processes) scheduler.start()
        await processes[0]!.wake('long')
        await eventually(() => long.running === 1)
        const startedMs = systemClock.monotonicMs()

        await eventually(() => systemClock.monotonicMs() - startedMs > 3 * LEASE_MS, {
          timeoutMs: 5 * LEASE_MS,
          what: 'three lock lifetimes',
        })
        long.gate.open()

        await eventually(async () => (await store.rows()).length === 0)
        expect(long).toMatchObject({ runningMost: 1, ended: 1 })
      })

      test('a process takes no more rows than it runs, and leaves the others to its peers', async () => {
        const part = closed(countingJob('part'))
        const processes = [part.job, part.twin()].map((job) =>
          create(store.direct, [job], { settings: { concurrency: 2 } }),
        )
        await Promise.all(
          Array.from({ length: 10 }, (_, index) => processes[0]!.schedule(soon(), 'part', { index })),
        )
        for (const scheduler of processes) scheduler.start()

        await eventually(() => part.running === 4)
        const locked = (await store.rows()).filter((row) => row.locked)
        part.gate.open()

        expect(locked).toHaveLength(4)
        await eventually(() => part.ended === 10)
        expect(part.runningMost).toBe(4)
        expect(new Set(part.runs.map((payload) => JSON.stringify(payload))).size).toBe(10)
      })

      test('another process takes over when the lock of one that vanished expires', async () => {
        const task = closed(countingJob('task'))
        const vanishing = create(store.cuttable, [task.job])
        vanishing.start()
        await vanishing.wake('task')
        await eventually(() => task.running === 1)
        create(store.direct, [task.twin()]).start()

        store.cut()

        await eventually(() => task.runs.length === 2)
      })
    })

    describe('without the store', () => {
      test('when it loses everything, jobs go on and the rows come back', async () => {
        const look = countingJob('look', { everyMs: EVERY_MS })
        const scheduler = create(store.direct, [look.job])
        scheduler.start()
        await eventually(() => look.runs.length >= 1)

        await store.lose()
        const soFar = look.runs.length

        await eventually(() => look.runs.length >= soFar + 3)
        await eventually(async () => (await store.rows()).length === 1)
        await eventually(isUp(scheduler))
      })

      test('when it dies, recurring jobs go on, a wake-up runs here, and all is well when it is back', async () => {
        const look = countingJob('look', { everyMs: EVERY_MS })
        const task = countingJob('task')
        const scheduler = create(store.cuttable, [look.job, task.job])
        scheduler.start()
        await eventually(isUp(scheduler))
        await eventually(() => look.runs.length >= 1)

        store.cut()
        await eventually(() => scheduler.state().connection === 'connecting')
        const soFar = look.runs.length
        await eventually(() => look.runs.length >= soFar + 3)
        const outcome = await scheduler.wake('task')
        await eventually(() => task.ended === 1)
        store.restore()

        expect(outcome).toBe('running-here')
        await eventually(isUp(scheduler))
        expect(await scheduler.wake('task')).toBe('enqueued')
        await eventually(() => task.ended === 2)
      })

      test('when it is away at the start, the program starts, jobs run, and it is used once it is there', async () => {
        const look = countingJob('look', { everyMs: EVERY_MS })
        store.cut()
        const scheduler = create(store.cuttable, [look.job])

        scheduler.start()

        await eventually(() => look.runs.length >= 3)
        expect(scheduler.state()).toMatchObject({ connection: 'connecting' })
        expect(scheduler.state().jobs[0]!.stepIns).toBeGreaterThanOrEqual(3)
        store.restore()
        await eventually(isUp(scheduler))
        await eventually(async () => (await store.rows()).length === 1)
      })

      test('a process that runs no jobs says that the sweep will have to do it', async () => {
        const look = countingJob('look')
        store.cut()
        const producer = create(store.cuttable, [look.job])

        expect(await producer.wake('look')).toBe('left-to-sweep')
        expect(await producer.schedule(soon(), 'look')).toBe('left-to-sweep')
      })

      test('overlapping runs never happen within a process, whoever asks for them', async () => {
        const look = closed(countingJob('look', { everyMs: 60 }))
        const scheduler = create(store.cuttable, [look.job])
        scheduler.start()
        await eventually(() => look.running === 1)
        store.cut()

        await Promise.all([scheduler.wake('look'), scheduler.wake('look')])
        look.gate.open()

        await eventually(() => look.ended >= 3)
        expect(look.runningMost).toBe(1)
      })
    })

    describe('draining', () => {
      test('waits for what runs, begins nothing more and leaves nothing locked', async () => {
        const task = closed(countingJob('task'))
        const look = countingJob('look', { everyMs: 60 })
        const scheduler = create(store.direct, [task.job, look.job])
        scheduler.start()
        await scheduler.wake('task', { part: 1 })
        await eventually(() => task.running === 1)

        const drained = scheduler.drain(5_000)
        task.gate.open()

        expect(await drained).toEqual({ finished: true, running: [] })
        expect(task.ended).toBe(1)
        expect((await store.rows()).filter((row) => row.locked)).toEqual([])
        expect(scheduler.state().connection).toBe('closed')
        expect(await scheduler.wake('task')).toBe('left-to-sweep')
      })

      test('names what would not end, and hands its row to others at once', async () => {
        const stuck = closed(countingJob('stuck'))
        const scheduler = create(store.direct, [stuck.job])
        scheduler.start()
        await scheduler.wake('stuck')
        await eventually(() => stuck.running === 1)

        expect(await scheduler.drain(100)).toEqual({ finished: false, running: ['stuck'] })

        expect((await store.rows()).filter((row) => row.locked)).toEqual([])
        create(store.direct, [stuck.twin()]).start()
        await eventually(() => stuck.runs.length === 2)
      })

      test('tells a run that it is to end', async () => {
        let isTold = false
        const scheduler = create(store.direct, [
          {
            name: 'batches',
            payloadSchema: z.object({}),
            run: async (_payload, signal) => {
              await new Promise<void>((told) => signal.addEventListener('abort', () => told()))
              isTold = true
            },
          },
        ])
        scheduler.start()
        await scheduler.wake('batches')
        await eventually(() => scheduler.state().jobs[0]!.running === 1)

        expect(await scheduler.drain(5_000)).toEqual({ finished: true, running: [] })
        expect(isTold).toBe(true)
      })

      test('ends also while the store is away', async () => {
        const look = countingJob('look', { everyMs: 60 })
        store.cut()
        const scheduler = create(store.cuttable, [look.job])
        scheduler.start()
        await eventually(() => look.runs.length >= 1)

        expect(await scheduler.drain(1_000)).toMatchObject({ finished: true })
        const soFar = look.runs.length
        store.restore()

        await eventually(async () => (await store.rows()).length === 0)
        expect(look.runs.length).toBe(soFar)
      })
    })
  })
}
