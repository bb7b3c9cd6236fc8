import { Webhook } from 'standardwebhooks'
import { systemClock } from '../../src/kernel/clock.js'
import type { AccountId } from '../../src/kernel/ids.js'
import { seededRandom } from '../../src/kernel/random.js'
import { inTransaction, readQuery } from '../../src/platform/db/transaction.js'
import { appendEvents, type NewEvent } from '../../src/platform/realtime/event-log.js'
import {
  createEndpoint,
  createPoster,
  createVault,
  type EndpointDeps,
} from '../../src/slices/endpoints/index.js'
import type { DeliverDeps } from '../../src/slices/endpoints/endpoint-deps.js'
import { firstPlace, followEvents } from '../../src/slices/endpoints/follow-events.js'
import { sendDelivery, takeDue } from '../../src/slices/endpoints/send-delivery.js'
import { giveUpLost } from '../../src/slices/endpoints/settle-delivery.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { fixedClock, type FixedClock } from '../support/fixed-clock.js'
import {
  startWebhookReceiver,
  type ReceivedWebhook,
  type WebhookReceiver,
} from '../support/webhook-receiver.js'

/** Accounts with events, and a customer's server on this machine. */
export interface EndpointWorld extends TestDatabase {
  clock: FixedClock
  receiver: WebhookReceiver
  deps: EndpointDeps & DeliverDeps
  /** What was counted: each try that was written down. */
  counted: string[]
  /** Follows the logs to their ends, and sends all that is due once. */
  work(): Promise<number>
  stop(): Promise<void>
}

/** No test waits for ten seconds. */
export const CALL_MS = 400

export async function endpointWorld(): Promise<EndpointWorld> {
  const database = await createTestDatabase({ poolSize: 8 })
  const clock = fixedClock(systemClock.now().toISO())
  const receiver = await startWebhookReceiver()
  const counted: string[] = []
  const deps: EndpointWorld['deps'] = {
    db: database.db,
    clock,
    random: seededRandom(7),
    webhookVault: createVault('a secret of the installation'),
    webhookTargets: { allowsPrivate: true },
    poster: createPoster({ clock: systemClock, allowsPrivate: true, callMs: CALL_MS }),
    count: (outcome) => counted.push(outcome),
  }
  return {
    ...database,
    clock,
    receiver,
    deps,
    counted,
    work: () => work(deps),
    stop: async () => {
      await deps.poster.close()
      await receiver.stop()
      await database.drop()
    },
  }
}

/** For what may not fail here. */
export function fail(error: unknown): never {
  throw error
}

async function work(deps: DeliverDeps): Promise<number> {
  const place = firstPlace()
  await giveUpLost(deps, fail)
  while ((await followEvents(deps, place)) > 0);
  const taken = await takeDue(deps, 1_000)
  await Promise.all(taken.map((one) => sendDelivery(deps, one)))
  return taken.length
}

export interface MadeEndpoint {
  id: string
  secret: string
  accountId: AccountId
}

export async function anEndpoint(
  world: EndpointWorld,
  accountId: AccountId,
  given: { url?: string; eventTypes?: string[] } = {},
): Promise<MadeEndpoint> {
  const made = await createEndpoint(world.deps, accountId, {
    url: given.url ?? `${world.receiver.url}/hooks`,
    description: 'a test',
    eventTypes: given.eventTypes ?? ['appointment.booked', 'endpoint.disabled'],
    actor: 'test',
  })
  if (!made.ok) throw new Error(made.reason)
  return { id: made.endpointId, secret: made.secret, accountId }
}

/** As whatever happened in the account had written it. */
export async function logEvents(
  world: EndpointWorld,
  accountId: AccountId,
  events: readonly Omit<NewEvent, 'accountId'>[],
): Promise<void> {
  await inTransaction(world.db, { name: 'test.logEvents', accountId }, (tx) =>
    appendEvents(
      tx,
      accountId,
      events.map((event) => ({ ...event, accountId })),
    ),
  )
}

export const booked = (appointmentId: string): Omit<NewEvent, 'accountId'> => ({
  topic: 'appointments',
  payload: { kind: 'booked', appointmentId, revision: 1 },
})

export interface DeliveryNow {
  id: string
  type: string
  state: string
  tries: number
  problem: string | null
  status: number | null
  answer: string | null
  waitMs: number
}

/** With the last try of each, in the order of the events. */
export async function deliveriesOf(world: EndpointWorld, endpointId: string): Promise<DeliveryNow[]> {
  return readQuery<DeliveryNow>(
    world.db,
    `/* test.deliveriesOf */
     select d.id, d.type, d.state, d.tries, a.problem, a.status, a.answer,
       (extract(epoch from d.not_before - d.changed_at) * 1000)::float as "waitMs"
     from webhook_delivery d left join webhook_attempt a on a.delivery_id = d.id and a.n = d.tries
     where d.endpoint_id = $1 order by d.seq, d.part, d.id`,
    [endpointId],
  )
}

export async function endpointNow(
  world: EndpointWorld,
  id: string,
): Promise<{ state: string; reason: string | null; failingSince: Date | null }> {
  const [row] = await readQuery<{ state: string; reason: string | null; failingSince: Date | null }>(
    world.db,
    '/* test.endpointNow */ select state, disabled_reason as reason, failing_since as "failingSince" from webhook_endpoint where id = $1',
    [id],
  )
  if (row === undefined) throw new Error('no such endpoint')
  return row
}

export interface VerifiedBody {
  type: string
  timestamp: string
  version: number
  accountId: string
  seq: number | null
  data: Record<string, unknown>
}

/** As a receiver does it: throws when the signature does not fit. */
export function verify(secret: string, call: ReceivedWebhook | undefined): VerifiedBody {
  if (call === undefined) throw new Error('nothing was received')
  return new Webhook(secret).verify(call.body, call.headers) as VerifiedBody
}
