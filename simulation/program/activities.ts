import type { Random } from '../../src/kernel/random.js'
import type { Clock } from '../../src/kernel/clock.js'
import { carrierBackoff } from '../../src/kernel/backoff.js'
import type { Db } from '../../src/platform/db/data-source.js'
import {
  completeFinished,
  drainCancelled,
  prepareAudiences,
  resumePaused,
  runnableLanes,
  startDue,
  type CampaignDeps,
} from '../../src/slices/campaigns/index.js'
import type { Carrier } from '../../src/slices/carrier/index.js'
import { expireDueLots } from '../../src/slices/credits/index.js'
import { applyInboundTexts } from '../../src/slices/inbox/index.js'
import {
  applyStatusCallbacks,
  createPostSlots,
  createSender,
  noCounters,
  rescueAttempts,
  resolveUnknown,
  singleMessageLanes,
  sweepStatuses,
} from '../../src/slices/messages/index.js'
import { CALL_TIMEOUT_MS, CLOCK_SKEW_MS, DAY_MS, LIST_LAG_MS, VALIDITY_MS } from './protocol-times.js'

export interface ProcessDeps {
  readonly db: Db
  readonly clock: Clock
  readonly random: Random
  readonly carrier: Carrier
  readonly campaigns: CampaignDeps
  readonly worker: string
  readonly sender: { id: number; address: string }
  readonly batchSize: number
  readonly fenced: boolean
  /** What the program would write to its log as an error. */
  onError(error: unknown, event: string): void
}

export type Activity = () => Promise<unknown>
export type Activities = Readonly<Record<ActivityName, Activity>>

export const activityNames = [
  'send',
  'start-due',
  'prepare',
  'resume-funded',
  'complete',
  'drain-cancelled',
  'rescue',
  'resolve',
  'callbacks',
  'inbound',
  'sweep',
  'expire-lots',
] as const
export type ActivityName = (typeof activityNames)[number]

/** What the program does by itself in one process, wired as the composition root wires it. */
export function activitiesOf(deps: ProcessDeps): Activities {
  const { campaigns, clock, db, random, carrier } = deps
  const log = {
    info: () => undefined,
    warn: (fields: object, event: string) => {
      if ('err' in fields) deps.onError(fields.err, event)
    },
    error: (fields: object, event: string) => {
      deps.onError('err' in fields ? fields.err : fields, event)
    },
  }
  const settling = { db, clock, random, carrier, backoff: carrierBackoff }
  const applying = { ...settling, counters: noCounters, log }
  const sender = createSender(
    { ...settling, slots: createPostSlots(8, clock), log },
    {
      worker: deps.worker,
      sender: deps.sender,
      batchSize: deps.batchSize,
      validityMs: VALIDITY_MS,
      fenced: deps.fenced,
      settleDelayMs: 20,
      pollMs: 5_000,
      findLanes: async () => [...(await singleMessageLanes(db, clock)), ...(await runnableLanes(campaigns))],
    },
  )
  return {
    send: () => sender.runOnce(),
    'start-due': () => startDue(campaigns),
    prepare: () => prepareAudiences(campaigns),
    'resume-funded': () => resumePaused(campaigns, { carrierAvailable: true }),
    complete: () => completeFinished(campaigns),
    'drain-cancelled': () => drainCancelled(campaigns),
    rescue: () =>
      rescueAttempts(settling, { clockSkewMs: CLOCK_SKEW_MS, callTimeoutMs: CALL_TIMEOUT_MS, limit: 100 }),
    resolve: () =>
      resolveUnknown(settling, {
        clockSkewMs: CLOCK_SKEW_MS,
        listLagMs: LIST_LAG_MS,
        validityMs: VALIDITY_MS,
        unprovenRefundMs: DAY_MS,
        lookUpIntervalMs: LIST_LAG_MS / 2,
        limit: 100,
        concurrency: 4,
      }),
    callbacks: () => applyStatusCallbacks(applying),
    inbound: () => applyInboundTexts({ ...applying, hooks: [] }),
    sweep: () => sweepStatuses(applying, { limit: 100, concurrency: 4 }),
    'expire-lots': () => expireDueLots({ db, clock }),
  }
}
