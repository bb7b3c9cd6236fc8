import {
  advanceTopUps,
  applyStripeEvents,
  expireOrders,
  reconcileEvents,
  reconcileObjects,
  startTopUps,
  syncDirty,
} from '../src/slices/billing/index.js'
import { expireDueLots } from '../src/slices/credits/index.js'
import { tolerant } from './customer-steps.js'
import type { Stage } from './stage.js'

const HOUR_MS = 3_600_000

/** What the workers do all the time, here once; sometimes two of them at once. */
export async function work(stage: Stage): Promise<void> {
  const { deps } = stage
  await applyAll(stage)
  const passes = stage.random.next() < 0.3 ? [syncDirty, syncDirty] : [syncDirty]
  await Promise.all(passes.map((sync) => sync(deps, { limit: 100 })))
  const starts = stage.random.next() < 0.3 ? [startTopUps, startTopUps] : [startTopUps]
  const started = await Promise.all(starts.map((start) => start(deps)))
  stage.counts.topUps += started.reduce((sum, each) => sum + each.started, 0)
  await advanceTopUps(deps)
  await expireDueLots(deps)
}

async function applyAll({ deps, db, clock }: Stage): Promise<void> {
  const log = { warn: () => undefined }
  for (;;) {
    const { read } = await applyStripeEvents({ db, clock, log }, { limit: 500 })
    if (read === 0) return
    if (deps.db !== db) return
  }
}

export async function passHours(stage: Stage, hours: number): Promise<void> {
  for (let passed = 0; passed < hours; passed += 6) {
    stage.clock.advanceMs(Math.min(6, hours - passed) * HOUR_MS)
    stage.payments.control.runDue()
  }
  await stage.post.deliver(stage.door)
}

export async function lookUpEvents(stage: Stage): Promise<void> {
  const found = await tolerant(() => reconcileEvents(stage.deps))
  stage.counts.missedEvents += found?.missed ?? 0
}

/** All faults over: what is under way arrives, what was lost is looked up, and everything comes to rest. */
export async function comeToRest(stage: Stage): Promise<void> {
  const { deps, payments } = stage
  payments.control.change({
    faults: { errorBefore: 0, errorAfter: 0, readError: 0, dropAfter: 0, dropBefore: 0 },
  })
  // Longer than any waiting time of ours but the cap's month: charges without an answer are looked for.
  for (let look = 0; look < 5; look += 1) {
    stage.clock.advanceMs(10 * 60_000)
    await stage.post.deliver(stage.door, true)
    await lookUpEvents(stage)
    await work(stage)
  }
  stage.clock.advanceMs(25 * HOUR_MS)
  payments.control.runDue()
  await stage.post.deliver(stage.door, true)
  await expireOrders(deps)
  await reconcileObjects(deps, { days: 400 })
  await work(stage)
  await work(stage)
  // What the last pass has charged is announced as well.
  await stage.post.deliver(stage.door, true)
  await lookUpEvents(stage)
  await work(stage)
  await expireDueLots(deps)
}
