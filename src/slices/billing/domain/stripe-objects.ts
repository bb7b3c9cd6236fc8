/** The objects of Stripe that we keep in step with. A payment stands for its intent, refunds and disputes together. */
export const objectKinds = ['payment', 'invoice', 'subscription', 'session', 'customer'] as const
export type ObjectKind = (typeof objectKinds)[number]

export interface ObjectRef {
  kind: ObjectKind
  id: string
}

/** Which fields of an event's object name what changed; `id` is the object itself. */
const fieldsByPrefix: readonly (readonly [
  prefix: string,
  fields: Readonly<Partial<Record<ObjectKind, readonly string[]>>>,
])[] = [
  ['checkout.session.', { session: ['id'], payment: ['payment_intent'], subscription: ['subscription'] }],
  ['payment_intent.', { payment: ['id'] }],
  ['refund.', { payment: ['payment_intent'] }],
  ['charge.dispute.', { payment: ['payment_intent'] }],
  ['charge.', { payment: ['payment_intent'] }],
  ['radar.early_fraud_warning.', { payment: ['payment_intent'] }],
  ['invoice_payment.', { invoice: ['invoice'], payment: ['payment.payment_intent'] }],
  ['invoice.', { invoice: ['id'], subscription: ['parent.subscription_details.subscription'] }],
  ['customer.subscription.', { subscription: ['id'], invoice: ['latest_invoice'] }],
  ['customer.', { customer: ['id'] }],
  ['payment_method.', { customer: ['customer'] }],
  ['setup_intent.', { customer: ['customer'] }],
]

/**
 * What an event says has changed. Nothing else of an event is believed: the objects are fetched afterwards, so that events
 * may come twice, late and in any order. Events that concern none of our objects name none.
 */
export function objectsOf(type: string, object: unknown, previous?: unknown): ObjectRef[] {
  const rule = fieldsByPrefix.find(([prefix]) => type.startsWith(prefix))
  if (rule === undefined) return []
  return objectKinds.flatMap((kind) =>
    (rule[1][kind] ?? []).flatMap((path) => {
      // A card that was taken away belongs to nobody any more: whose it was stands with what it was before.
      const id = idAt(object, path) ?? idAt(previous, path)
      return id === null ? [] : [{ kind, id }]
    }),
  )
}

/** An id, or an expanded object that has one. */
function idAt(object: unknown, path: string): string | null {
  let value: unknown = object
  for (const name of path.split('.')) value = isRecord(value) ? value[name] : undefined
  if (isRecord(value)) value = value['id']
  return typeof value === 'string' && value !== '' ? value : null
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/** What the endpoint is subscribed to, and what is asked for when events are looked up. */
export const eventTypes = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.requires_action',
  'payment_intent.canceled',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.refunded',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
  'charge.dispute.closed',
  'radar.early_fraud_warning.created',
  'radar.early_fraud_warning.updated',
  'invoice.paid',
  'invoice.payment_failed',
  'invoice.payment_action_required',
  'invoice.voided',
  'invoice.marked_uncollectible',
  'invoice_payment.paid',
  'customer.subscription.created',
  'customer.subscription.updated',
  'customer.subscription.paused',
  'customer.subscription.resumed',
  'customer.subscription.deleted',
  'customer.updated',
  'customer.deleted',
  'payment_method.attached',
  'payment_method.detached',
] as const
