import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { webhookRouter } from '../../src/app/webhook-routes.js'
import { systemClock, type Clock } from '../../src/kernel/clock.js'
import { seededRandom } from '../../src/kernel/random.js'
import { startLocalCarrier, type LocalCarrier } from '../../src/local/carrier/start-local-carrier.js'
import type { BehaviourPatch } from '../../src/local/carrier/options.js'
import type { Db } from '../../src/platform/db/data-source.js'
import { silentLogger } from '../../src/platform/observability/logger.js'
import { recordFence } from '../../src/slices/accounts/index.js'
import {
  createCarrier,
  inboundTextPath,
  type BreakerOptions,
  type Carrier,
} from '../../src/slices/carrier/index.js'
import { applyInboundTexts, type InboxHook } from '../../src/slices/inbox/index.js'
import {
  applyStatusCallbacks,
  createPostSlots,
  createSender,
  createSenderPace,
  noCounters,
  resolveUnknown,
  rescueAttempts,
  senderId,
  sweepStatuses,
  twilioWebhooks,
  type Lane,
  type MessageCounters,
  type Sender,
} from '../../src/slices/messages/index.js'
import { createInbox, type Inbox } from '../../src/slices/webhooks/index.js'
import { eventually } from './eventually.js'
import type { FixedClock } from './fixed-clock.js'

/** Everything between a claim and a handset: the real SDK, the local carrier behind HTTP, and our webhooks. */
export interface CarrierRig {
  carrier: Carrier
  local: LocalCarrier
  inbox: Inbox
  /** Where our webhooks listen. */
  publicBaseUrl: string
  sender: { id: number; address: string }
  /** A sender of its own process, as far as this one can tell. */
  worker: (name: string, lanes: () => Lane[], batchSize?: number) => Sender
  applyCallbacks(): Promise<number>
  applyInbound(): Promise<number>
  /** Until the carrier has reported everything that it will, and all of it is applied. */
  settleReports(): Promise<void>
  rescue(): Promise<number>
  /** `onListed` happens when the carrier's list was read and its verdict is not yet written. */
  resolve(onListed?: () => Promise<void>): ReturnType<typeof resolveUnknown>
  sweep(): ReturnType<typeof sweepStatuses>
  stop(): Promise<void>
}

export interface RigOptions {
  /** The carrier's clock too. One that stands still moves a little while reports are waited for. */
  clock?: FixedClock
  behaviour?: BehaviourPatch
  fenced?: boolean
  counters?: MessageCounters
  requestTimeoutMs?: number
  backoffFirstMs?: number
  breaker?: BreakerOptions
  /** Segments per second of the sender; unlimited when left out. */
  segmentsPerSecond?: number
  hooks?: readonly InboxHook[]
}

export const rigAuthTokens = ['local-auth-token', 'the-next-token']
export const LIST_LAG_MS = 120_000
export const VALIDITY_MS = 600_000
export const CLOCK_SKEW_MS = 5_000

export async function startCarrierRig(db: Db, options: RigOptions = {}): Promise<CarrierRig> {
  const clock: Clock = options.clock ?? systemClock
  const local = await startLocalCarrier(
    { seed: 7, ...(options.behaviour ? { behaviour: options.behaviour } : {}) },
    clock,
  )
  const web = express()
  const server = createServer(web)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const publicBaseUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  const inbox = createInbox(db)
  web.use(webhookRouter(twilioWebhooks({ inbox, authTokens: rigAuthTokens, publicBaseUrl }), silentLogger))
  local.control.change({ inboundUrl: `${publicBaseUrl}${inboundTextPath}` })

  const address = '+15005550006'
  const carrier = createCarrier(
    {
      accountSid: local.accountSid,
      authToken: local.authToken,
      baseUrl: local.url,
      from: address,
      statusCallbackBase: publicBaseUrl,
      requestTimeoutMs: options.requestTimeoutMs ?? 5_000,
      connections: 50,
      breaker: options.breaker ?? { failuresMax: 1_000, halfOpenAfterMs: 10 },
      fence:
        options.fenced === true
          ? {
              kind: 'oauth',
              clientId: 'OQ0000000000000000000000000010ca11',
              clientSecret: 'local-client-secret',
              ttlMs: 60_000,
              renewEveryMs: 20_000,
            }
          : { kind: 'none', ttlMs: 60_000 },
    },
    { clock },
  )
  const sender = { id: await senderId(db, address), address }
  // What doctor records once it has seen an expired token refused; policy P1 rests on it.
  if (options.fenced === true) await recordFence({ db, clock }, true)
  const random = seededRandom(11)
  const counters = options.counters ?? noCounters
  const first = options.backoffFirstMs ?? 30_000
  const backoff = { firstMs: first, factor: 2, jitter: 0.2, minMs: first, maxMs: 10 * first }
  const log = silentLogger
  const hooks = options.hooks ?? []
  const deps = { db, clock, random, carrier, backoff, counters, log, hooks, optOutHooks: hooks }
  const rig: CarrierRig = {
    carrier,
    local,
    inbox,
    publicBaseUrl,
    sender,
    worker: (name, lanes, batchSize = 50) =>
      createSender(
        {
          ...deps,
          slots: createPostSlots(50, clock),
          ...(options.segmentsPerSecond === undefined
            ? {}
            : { pace: createSenderPace({ db, clock }, sender, options.segmentsPerSecond) }),
          log: quietLog,
        },
        {
          worker: name,
          sender,
          batchSize,
          validityMs: VALIDITY_MS,
          fenced: options.fenced === true,
          settleDelayMs: 5,
          pollMs: 50,
          findLanes: () => Promise.resolve(lanes()),
        },
      ),
    applyCallbacks: async () => (await applyStatusCallbacks(deps)).read,
    applyInbound: async () => (await applyInboundTexts(deps)).read,
    settleReports: async () => {
      let quiet = 0
      const isQuiet = async (): Promise<boolean> => {
        const { scheduled, waiting, inFlight } = local.control.summary().callbacks
        const read = (await rig.applyCallbacks()) + (await rig.applyInbound())
        quiet = read === 0 && scheduled + waiting + inFlight === 0 ? quiet + 1 : 0
        options.clock?.advance({ milliseconds: 100 })
        return quiet === 2
      }
      await eventually(isQuiet, { timeoutMs: 60_000, intervalMs: 10, what: 'the end of all reports' })
    },
    rescue: async () =>
      (await rescueAttempts(deps, { clockSkewMs: CLOCK_SKEW_MS, callTimeoutMs: 5_000, limit: 100 })).rescued,
    resolve: (onListed) =>
      resolveUnknown(
        {
          ...deps,
          carrier: {
            ...carrier,
            listTo: async (question) => {
              const answer = await carrier.listTo(question)
              await onListed?.()
              return answer
            },
          },
        },
        {
          clockSkewMs: CLOCK_SKEW_MS,
          listLagMs: LIST_LAG_MS,
          validityMs: VALIDITY_MS,
          unprovenRefundMs: 24 * 3_600_000,
          lookUpIntervalMs: 60_000,
          limit: 100,
          concurrency: 4,
        },
      ),
    sweep: () => sweepStatuses(deps, { limit: 200, concurrency: 8 }),
    stop: async () => {
      await local.stop()
      await carrier.close()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
  return rig
}

const quietLog = { info: () => undefined, warn: () => undefined, error: () => undefined }
