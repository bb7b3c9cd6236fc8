import type { DateTime } from 'luxon'
import { newId, type AccountId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import type { BillingDeps } from './billing-deps.js'
import { ensureCustomer } from './ensure-customer.js'
import type { CheckoutRequest } from './provider-types.js'
import { findOrderByKey, insertOrder, setSession, type Order, type OrderId } from './store/orders.js'
import { findItem, type PriceListItem } from './store/price-list.js'

export interface PlaceOrderInput {
  accountId: AccountId
  kind: 'pack' | 'plan'
  code: string
  idempotencyKey: string
}

export type PlaceOrderResult =
  | { ok: true; order: Order }
  | { ok: false; reason: 'not-for-sale' | 'idempotency-key-reused' | 'order-expired' }

/** How long a checkout may be paid. Stripe allows from half an hour to a day. */
const CHECKOUT_HOURS = 12

/**
 * An order first, in our database; then a Checkout session under the order's id. The same key gives the same order and the
 * same session, also after an answer that was lost half-way. Nothing is granted here: the order says what for.
 */
export async function placeOrder(
  deps: BillingDeps,
  input: PlaceOrderInput,
  checkOut: (
    request: CheckoutRequest,
    item: PriceListItem,
  ) => Promise<{ sessionId: string; url: string | null }>,
): Promise<PlaceOrderResult> {
  const item = await findItem(deps.db, input.code)
  if (item?.kind !== input.kind || !item.listed) return { ok: false, reason: 'not-for-sale' }
  const now = deps.clock.now()
  const written = await writeOrder(deps, input, item, now)
  if (!written.ok) return written
  const { order } = written
  if (order.sessionId !== null) return { ok: true, order }
  if (order.state !== 'created' || order.expiresAt <= now.toJSDate())
    return { ok: false, reason: 'order-expired' }
  const customerId = await ensureCustomer(deps, input.accountId)
  const session = await checkOut(
    {
      orderId: order.id,
      accountId: order.accountId,
      customerId,
      expiresAt: order.expiresAt,
      successUrl: `${deps.publicBaseUrl}/billing/paid?order=${order.id}`,
      cancelUrl: `${deps.publicBaseUrl}/billing/cancelled?order=${order.id}`,
    },
    item,
  )
  await inTransaction(deps.db, { name: 'billing.openOrder', accountId: order.accountId }, (tx) =>
    setSession(tx, order, { ...session, now: now.toJSDate() }),
  )
  return {
    ok: true,
    order: { ...order, state: 'open', sessionId: session.sessionId, sessionUrl: session.url },
  }
}

function writeOrder(
  deps: BillingDeps,
  { accountId, kind, code, idempotencyKey }: PlaceOrderInput,
  item: PriceListItem,
  now: DateTime,
): Promise<PlaceOrderResult> {
  return inTransaction(deps.db, { name: 'billing.placeOrder', accountId }, async (tx) => {
    const known = await findOrderByKey(tx, accountId, idempotencyKey)
    if (known !== null) {
      const isSame = known.kind === kind && known.code === code
      return isSame ? { ok: true, order: known } : { ok: false, reason: 'idempotency-key-reused' }
    }
    const order: Order = {
      id: newId<OrderId>(),
      accountId,
      kind,
      code,
      credits: item.credits,
      amountMinor: item.amountMinor,
      currency: item.currency,
      state: 'created',
      sessionId: null,
      sessionUrl: null,
      createdAt: now.toJSDate(),
      expiresAt: now.plus({ hours: CHECKOUT_HOURS }).toJSDate(),
    }
    await insertOrder(tx, { ...order, idemKey: idempotencyKey })
    await appendEvent(tx, {
      accountId,
      topic: 'billing',
      payload: { kind: 'order', orderId: order.id, state: 'created' },
    })
    return { ok: true, order }
  })
}
