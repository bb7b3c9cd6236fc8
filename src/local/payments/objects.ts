/** The objects as the API shows them, with the fields that anybody here reads. Times in seconds, amounts in cents. */

interface Thing {
  id: string
  object: string
  created: number
  livemode: false
  metadata: Record<string, string>
}

/** What a card does when it is charged. */
export type CardBehaviour =
  | { kind: 'ok' }
  | { kind: 'decline'; declineCode: string; adviceCode?: string }
  | { kind: 'authenticate' }
  | { kind: 'slow' }

export interface Customer extends Thing {
  object: 'customer'
  name: string | null
  invoice_settings: { default_payment_method: string | null }
  deleted?: true
}

export interface PaymentMethod extends Thing {
  object: 'payment_method'
  type: 'card'
  customer: string | null
  card: { brand: string; last4: string }
}

export interface Price extends Thing {
  object: 'price'
  active: boolean
  currency: string
  unit_amount: number
  lookup_key: string | null
  product: string
  recurring: { interval: string } | null
  type: 'recurring' | 'one_time'
}

export interface Charge extends Thing {
  object: 'charge'
  amount: number
  amount_refunded: number
  refunded: boolean
  currency: string
  customer: string | null
  payment_intent: string
  receipt_url: string
  disputed: boolean
}

export interface PaymentError {
  type: 'card_error'
  code: string
  decline_code: string
  advice_code?: string
  message: string
  payment_method?: { id: string; object: 'payment_method' }
}

export interface PaymentIntent extends Thing {
  object: 'payment_intent'
  amount: number
  amount_received: number
  currency: string
  customer: string | null
  payment_method: string | null
  latest_charge: string | null
  last_payment_error: PaymentError | null
  next_action: { type: 'redirect_to_url'; redirect_to_url: { url: string; return_url: string | null } } | null
  status: 'requires_payment_method' | 'requires_action' | 'processing' | 'succeeded' | 'canceled'
  client_secret: string
}

export interface Refund extends Thing {
  object: 'refund'
  amount: number
  currency: string
  charge: string
  payment_intent: string
  status: 'pending' | 'requires_action' | 'succeeded' | 'failed' | 'canceled'
  reason: string | null
}

export interface Dispute extends Thing {
  object: 'dispute'
  amount: number
  currency: string
  charge: string
  payment_intent: string
  status: string
  reason: string
  balance_transactions: { id: string; object: 'balance_transaction'; amount: number; currency: string }[]
}

export interface FraudWarning extends Thing {
  object: 'radar.early_fraud_warning'
  charge: string
  payment_intent: string
  fraud_type: string
  /** Until the money went back or the customer's bank disputes it. */
  actionable: boolean
}

export interface Session extends Thing {
  object: 'checkout.session'
  mode: 'payment' | 'subscription'
  status: 'open' | 'complete' | 'expired'
  payment_status: 'paid' | 'unpaid' | 'no_payment_required'
  client_reference_id: string | null
  customer: string
  payment_intent: string | null
  subscription: string | null
  invoice: string | null
  amount_total: number
  currency: string
  expires_at: number
  url: string | null
  success_url: string
  cancel_url: string
}

export interface SubscriptionItem {
  id: string
  object: 'subscription_item'
  price: Price
  quantity: number
  current_period_start: number
  current_period_end: number
}

export interface Subscription extends Thing {
  object: 'subscription'
  customer: string
  status: string
  items: { object: 'list'; data: SubscriptionItem[]; has_more: false; url: string }
  cancel_at: number | null
  cancel_at_period_end: boolean
  canceled_at: number | null
  ended_at: number | null
  pause_collection: { behavior: string; resumes_at: number | null } | null
  latest_invoice: string | null
  default_payment_method: string | null
  trial_end: number | null
  status_details: { paused: { subscription?: { type: string } } }
}

export interface InvoiceLine {
  id: string
  object: 'line_item'
  amount: number
  currency: string
  description: string
  invoice: string
  livemode: false
  metadata: Record<string, string>
  quantity: number
  period: { start: number; end: number }
  pricing: { type: 'price_details'; price_details: { price: string; product: string } }
  parent: {
    type: 'subscription_item_details'
    invoice_item_details: null
    subscription_item_details: {
      subscription: string
      subscription_item: string
      proration: boolean
      invoice_item: null
      proration_details: null
    }
  }
}

export interface Invoice extends Thing {
  object: 'invoice'
  number: string
  customer: string
  status: 'draft' | 'open' | 'paid' | 'uncollectible' | 'void'
  billing_reason: string
  currency: string
  total: number
  amount_due: number
  amount_paid: number
  attempt_count: number
  next_payment_attempt: number | null
  hosted_invoice_url: string
  lines: { object: 'list'; data: InvoiceLine[]; has_more: boolean; url: string }
  parent: {
    type: 'subscription_details'
    subscription_details: { subscription: string; metadata: Record<string, string> }
  }
  status_transitions: { paid_at: number | null }
}

export interface InvoicePayment extends Thing {
  object: 'invoice_payment'
  invoice: string
  amount_requested: number
  amount_paid: number | null
  currency: string
  is_default: boolean
  status: 'open' | 'paid' | 'canceled'
  payment: { type: 'payment_intent'; payment_intent: string }
}

export interface StripeEvent {
  id: string
  object: 'event'
  api_version: string
  created: number
  livemode: false
  pending_webhooks: number
  request: { id: null; idempotency_key: null }
  type: string
  data: { object: unknown; previous_attributes?: unknown }
}
