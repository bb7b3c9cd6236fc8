import { inTransaction } from '../../platform/db/transaction.js'
import { disableEndpoint } from './disable-endpoint.js'
import { isGone, isOurFault, type CallOutcome } from './domain/call-outcome.js'
import type { DeliveryState, DisabledReason } from './domain/delivery-state.js'
import { FAILING_MAX_MS } from './domain/limits.js'
import { retryDelayMs } from './domain/retry-plan.js'
import type { DeliverDeps } from './endpoint-deps.js'
import { endTry, insertAttempt, isDeleted, lockHeld, readLost } from './store/delivery-rows.js'
import { readFailingSince, writeHealth } from './store/endpoint-rows.js'

type Deps = Omit<DeliverDeps, 'poster' | 'webhookVault'>

/**
 * Writes down what became of a try, for whoever holds its lease: who lost it writes nothing. What failed waits for its next try
 * as long as the plan has one. An endpoint that is gone, or has only failed for five days, is switched off afterwards, in a
 * transaction of its own: should the process die in between, the next failure does it. What was called before the endpoint got
 * another address says nothing about the endpoint.
 */
export async function settleDelivery(
  deps: Deps,
  { id, lease, url }: { id: string; lease: string; url: string | null },
  outcome: CallOutcome,
): Promise<void> {
  const { db, clock, random, count } = deps
  const delay = random.next()
  const settled = await inTransaction(db, { name: 'endpoints.settle' }, async (tx) => {
    const held = await lockHeld(tx, id, lease)
    if (held === null) return null
    const now = clock.now().toJSDate()
    const isOver = outcome.problem !== null && (await isDeleted(tx, held.endpointId))
    const delayMs =
      outcome.problem === null || isOver ? null : retryDelayMs(held.roundTries, { next: () => delay })
    await endTry(tx, id, {
      to: stateAfter(outcome, delayMs),
      notBefore: new Date(now.getTime() + (delayMs ?? 0)),
      now,
    })
    const { durationMs, status, problem, answer } = outcome
    await insertAttempt(tx, { deliveryId: id, n: held.n, at: held.at, durationMs, status, problem, answer })
    if (url === null) return { ...held, reason: null }
    if (!isOurFault(outcome)) await writeHealth(tx, held.endpointId, { ok: problem === null, url, now })
    const failingSince = problem === null ? null : await readFailingSince(tx, held.endpointId)
    return { ...held, reason: whyDisable(outcome, failingSince, now) }
  })
  if (settled === null) return
  count?.(outcome.problem ?? 'delivered')
  const { accountId, endpointId, reason } = settled
  if (reason !== null && url !== null) await disableEndpoint(deps, accountId, { endpointId, url, reason })
}

function stateAfter({ problem }: CallOutcome, delayMs: number | null): DeliveryState {
  if (problem === null) return 'delivered'
  return delayMs === null ? 'failed' : 'waiting'
}

function whyDisable(outcome: CallOutcome, failingSince: Date | null, now: Date): DisabledReason | null {
  if (outcome.problem === 'secret-unreadable') return 'secret_unreadable'
  if (isGone(outcome)) return 'gone'
  if (failingSince === null) return null
  return now.getTime() - failingSince.getTime() >= FAILING_MAX_MS ? 'failing' : null
}

const LOST_MAX = 100

/**
 * Tries whose process never came back: they count as failed and are made again, under the same id. One that cannot be settled
 * holds up no other. Returns how many there were.
 */
export async function giveUpLost(deps: Deps, onFailure: (error: unknown) => void): Promise<number> {
  const lost = await readLost(deps.db, deps.clock.now().toJSDate(), LOST_MAX)
  for (const held of lost)
    // Nobody knows what the receiver would have said: its health is left as it is.
    await settleDelivery(
      deps,
      { ...held, url: null },
      { problem: 'lost', status: null, answer: null, durationMs: 0 },
    ).catch(onFailure)
  return lost.length
}
