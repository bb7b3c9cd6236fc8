import { newId } from '../../kernel/ids.js'
import type { AgendaBell } from './agenda-bell.js'
import type { BoundRun } from './job.js'
import type { JobData, JobStore } from './job-store.js'

/** Where a wake-up went: into the store, straight to this process, or nowhere, so that a sweep has to find the work. */
export type WakeOutcome = 'enqueued' | 'running-here' | 'left-to-sweep'

export interface RingingDeps {
  bell: AgendaBell
  store: JobStore
  now: () => Date
  /** False when this process runs no jobs. */
  runHere: (bound: BoundRun) => boolean
}

export interface Ringing {
  wake(bound: BoundRun, payload: unknown): Promise<WakeOutcome>
  schedule(name: string, data: JobData, at: Date): Promise<'scheduled' | 'left-to-sweep'>
}

interface Wakes {
  current: Promise<WakeOutcome>
  next: Promise<WakeOutcome> | null
}

/** Puts rows into Agenda's store. */
export function createRinging(deps: RingingDeps): Ringing {
  const { bell, store } = deps
  const waking = new Map<string, Wakes>()

  async function putIn(name: string, data: JobData, at: Date): Promise<boolean> {
    bell.open({ listen: false })
    const agenda = await bell.agenda()
    if (agenda === null) return false
    await agenda.create(name, data).schedule(at).save()
    return true
  }

  /**
   * Nothing is put in while the same waits untaken: whoever takes that later sees what we have committed by now. A row
   * that is being run does not count, because that run may have looked already.
   */
  async function enqueue(bound: BoundRun, payload: unknown): Promise<WakeOutcome> {
    const { job, lane } = bound
    bell.open({ listen: false })
    try {
      if ((await bell.agenda()) !== null) {
        if (await store.hasWaiting(job.name, lane)) return 'enqueued'
        if (await putIn(job.name, { key: `wake:${newId()}`, lane, payload }, deps.now())) return 'enqueued'
      }
    } catch (error) {
      bell.trouble(error)
    }
    return deps.runHere(bound) ? 'running-here' : 'left-to-sweep'
  }

  function begin(bound: BoundRun, payload: unknown): Promise<WakeOutcome> {
    const wakes: Wakes = { current: Promise.resolve('enqueued'), next: null }
    wakes.current = enqueue(bound, payload).finally(() => {
      if (wakes.next === null) waking.delete(bound.lane)
    })
    waking.set(bound.lane, wakes)
    return wakes.current
  }

  async function scheduleOnce(name: string, data: JobData, at: Date): Promise<boolean> {
    try {
      return await putIn(name, data, at)
    } catch (error) {
      if (!store.isDuplicate(error)) throw error
      return store.move(name, data.key, at)
    }
  }

  return {
    // A thousand wake-ups at once are two statements, not a thousand: those that come meanwhile share the next.
    wake: (bound, payload) => {
      const wakes = waking.get(bound.lane)
      if (wakes === undefined) return begin(bound, payload)
      wakes.next ??= wakes.current.then(() => begin(bound, payload))
      return wakes.next
    },
    schedule: async (name, data, at) => {
      try {
        // A row that has just been taken can be neither moved nor put in twice; once it has run, it can.
        const done = (await scheduleOnce(name, data, at)) || (await scheduleOnce(name, data, at))
        return done ? 'scheduled' : 'left-to-sweep'
      } catch (error) {
        bell.trouble(error)
        return 'left-to-sweep'
      }
    },
  }
}
