import { AppError } from '../../src/kernel/errors.js'
import type { Clock } from '../../src/kernel/clock.js'
import { DateTime } from 'luxon'
import {
  parseStatus,
  type Carrier,
  type Credential,
  type ListOutcome,
  type StatusOutcome,
} from '../../src/slices/carrier/index.js'
import type { Dice } from '../world/dice.js'
import type { Scheduler } from '../world/scheduler.js'
import type { VirtualProcess } from '../world/virtual-process.js'
import { sendOnce } from './send-once.js'
import type { CarrierRecord, VirtualCarrier } from './virtual-carrier.js'
import type { VirtualTime } from '../world/virtual-time.js'

export interface ClientWorld {
  readonly time: VirtualTime
  readonly scheduler: Scheduler
  readonly dice: Dice
  readonly carrier: VirtualCarrier
  readonly fenced: boolean
  readonly credentialTtlMs: number
  readonly callTimeoutMs: number
  readonly sender: string
  /** What a known-bad variant does differently at the carrier. */
  readonly clientRetries: boolean
  readonly postsInTransaction: boolean
}

const MARGIN_MS = 2_000

/** The carrier as one process of the program knows it: the same promises as the real adapter, over a virtual wire. */
export function carrierClient(world: ClientWorld, process: VirtualProcess, clock: Clock): Carrier {
  const { carrier, dice, scheduler } = world
  return {
    defaultSender: world.sender,
    mintCredential: () => mint(world, process, clock),
    send: (input) => sendOnce(world, process, clock, input),
    fetchStatus: async (sid): Promise<StatusOutcome> => {
      await scheduler.park(process, 'ask for a status')
      if (dice.chance(carrier.faults.statusUnavailable / 100))
        return { kind: 'unavailable', cause: 'server-error' }
      const found = carrier.find(sid)
      return found === undefined ? { kind: 'absent' } : toStatus(found)
    },
    listTo: async ({ to, since }): Promise<ListOutcome> => {
      const askedAt = clock.now().toJSDate()
      await scheduler.park(process, 'read the list')
      if (dice.chance(carrier.faults.listUnavailable / 100))
        return { kind: 'unavailable', cause: 'server-error' }
      await slowly(world, process, carrier.faults.listDelayMaxMs)
      const listed = carrier.listTo(to, since.getTime()).map(toListed)
      await scheduler.park(process, 'hear the list')
      return { kind: 'listed', messages: listed, requestIds: ['RQ'], pageCount: 1, askedAt }
    },
    listSent: () => Promise.resolve({ kind: 'unavailable', cause: 'server-error' }),
    proveFence: () => Promise.resolve({ proved: false, reason: 'no-fence', detail: 'simulated' }),
    balance: () => Promise.resolve({ kind: 'unavailable', cause: 'simulated' }),
    breakerState: () => 'closed',
    callsAllowed: () => Infinity,
    onBreakerChange: () => undefined,
    close: () => Promise.resolve(),
  }
}

function slowly(world: ClientWorld, process: VirtualProcess, maxMs: number): Promise<void> {
  const { dice, scheduler, time } = world
  if (maxMs === 0) return Promise.resolve()
  const atMs = time.nowMs() + dice.between(0, maxMs)
  return new Promise((resolve) => {
    scheduler.plan({ atMs, process, label: 'the list is read', run: resolve })
  })
}

/** The token's true end is in its text, as the carrier reads it; ours is what our clock makes of its lifetime. */
async function mint(world: ClientWorld, process: VirtualProcess, clock: Clock): Promise<Credential> {
  const { carrier, scheduler, dice, credentialTtlMs } = world
  const beganMs = clock.monotonicMs()
  if (world.fenced) {
    await scheduler.park(process, 'ask for a credential')
    if (dice.chance(carrier.faults.mintUnavailable / 100))
      throw new AppError({
        code: 'carrier.unavailable',
        publicMessage: 'The carrier cannot be reached at the moment.',
        retry: 'later',
      })
  }
  const expiresAtMs = carrier.nowMs() + credentialTtlMs
  if (world.fenced) await scheduler.park(process, 'hear of a credential')
  const credential = {
    notAfter: clock.now().plus({ milliseconds: credentialTtlMs }).toJSDate(),
    deadByMs: clock.monotonicMs() + credentialTtlMs,
    sendBeforeMs: beganMs + credentialTtlMs - MARGIN_MS,
  }
  return world.fenced ? { ...credential, bearer: String(expiresAtMs) } : credential
}

function toStatus(item: CarrierRecord): StatusOutcome {
  return {
    kind: 'found',
    sid: item.sid,
    status: parseStatus(item.status),
    errorCode: item.errorCode,
    segments: 1,
    price: null,
    priceUnit: null,
  }
}

function toListed(item: CarrierRecord) {
  return {
    sid: item.sid,
    from: item.from,
    to: item.to,
    messagingServiceSid: null,
    status: parseStatus(item.status),
    errorCode: item.errorCode,
    outbound: true,
    createdAt: DateTime.fromMillis(item.createdAtMs).toJSDate(),
    segments: 1,
    body: item.body,
  }
}
