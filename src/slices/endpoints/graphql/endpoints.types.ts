import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { connectionOf, Instant, resultUnion } from '../../../platform/graphql/index.js'
import type { DeliveryState, DisabledReason } from '../domain/delivery-state.js'

export const WebhookDeliveryStateEnum = {
  WAITING: 'waiting',
  SENDING: 'sending',
  DELIVERED: 'delivered',
  FAILED: 'failed',
} as const satisfies Record<string, DeliveryState>

registerEnumType(WebhookDeliveryStateEnum, {
  name: 'WebhookDeliveryState',
  description: 'Where a delivery to a webhook endpoint stands.',
  valuesConfig: {
    WAITING: { description: 'It waits for its first or next try, or until its endpoint is switched on.' },
    SENDING: {
      description: 'A process is calling the endpoint, or died while it was; then it is tried again.',
    },
    DELIVERED: { description: 'The endpoint answered 2xx.' },
    FAILED: { description: 'No try was answered 2xx, and there are no more. It can be asked for again.' },
  },
})

const WebhookDisabledReasonEnum = {
  BY_USER: 'by_user',
  GONE: 'gone',
  FAILING: 'failing',
  SECRET_UNREADABLE: 'secret_unreadable',
} as const satisfies Record<string, DisabledReason>

registerEnumType(WebhookDisabledReasonEnum, {
  name: 'WebhookDisabledReason',
  description: 'Why a webhook endpoint is switched off.',
  valuesConfig: {
    BY_USER: { description: 'Somebody of the account switched it off.' },
    GONE: { description: 'The receiver answered 410 Gone.' },
    FAILING: { description: 'Every try failed for five days.' },
    SECRET_UNREADABLE: { description: 'The secret of the installation was changed: roll the secret.' },
  },
})

const COUNTED = '10,001 stands for "more than 10,000".'

@ObjectType('WebhookEventType', { description: 'Something that endpoints can choose to be told.' })
export class WebhookEventTypeType {
  @Field(() => String, { description: 'As it stands in `type` of what is sent.' })
  name!: string

  @Field(() => String, { description: 'When it is sent.' })
  description!: string
}

@ObjectType('WebhookDisabled', { description: 'Why an endpoint is switched off, and what to do.' })
class WebhookDisabledType {
  @Field(() => WebhookDisabledReasonEnum, { description: 'For programs.' })
  reason!: DisabledReason

  @Field(() => String, { description: 'The same in a sentence.' })
  message!: string

  @Field(() => String, { description: 'What to do so that it goes on.' })
  remedy!: string
}

@ObjectType('WebhookEndpoint', { description: 'An address that is told of events of the account.' })
export class WebhookEndpointType {
  @Field(() => ID, { description: 'Its id.' })
  id!: string

  @Field(() => String, { description: 'Where webhooks are posted.' })
  url!: string

  @Field(() => String, { description: 'What it is for; may be empty.' })
  description!: string

  @Field(() => [String], { description: 'The events that it is told of.' })
  eventTypes!: string[]

  @Field(() => Boolean, { description: 'Whether anything is sent to it.' })
  enabled!: boolean

  @Field(() => WebhookDisabledType, {
    nullable: true,
    description: 'Why it is switched off; null while it is on.',
  })
  disabled!: WebhookDisabledType | null

  @Field(() => Instant, {
    nullable: true,
    description: 'Since when every try has failed; null when the last one did not.',
  })
  failingSince!: Date | null

  @Field(() => Int, { description: `Deliveries that wait or are being sent. ${COUNTED}` })
  waiting!: number

  @Field(() => Int, { description: `Deliveries that it took in the last thirty days. ${COUNTED}` })
  delivered!: number

  @Field(() => Int, { description: `Deliveries that were given up in the last thirty days. ${COUNTED}` })
  failed!: number

  @Field(() => Instant, { nullable: true, description: 'When it last took one.' })
  lastDeliveredAt!: Date | null

  @Field(() => Instant, { description: 'When it was made.' })
  createdAt!: Date
}

@ObjectType('WebhookAttempt', { description: 'One call of an endpoint.' })
export class WebhookAttemptType {
  @Field(() => Int, { description: 'Counted from 1 over all calls of this delivery.' })
  n!: number

  @Field(() => Instant, { description: 'When it began.' })
  at!: Date

  @Field(() => Int, { description: 'How long it took, in milliseconds.' })
  durationMs!: number

  @Field(() => Int, {
    nullable: true,
    description: 'The HTTP status of the answer; null when there was none.',
  })
  status!: number | null

  @Field(() => String, {
    nullable: true,
    description:
      'What was wrong; null when it was taken: `rejected`, `redirected`, `timeout`, `name-not-found`, `address-not-public`, `tls`, `connection`, `secret-unreadable`, `lost`.',
  })
  problem!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'The beginning of the answer, without control characters.',
  })
  answer!: string | null
}

@ObjectType('WebhookDelivery', { description: 'One event on its way to one endpoint.' })
export class WebhookDeliveryType {
  @Field(() => ID, { description: 'What the receiver gets as `webhook-id`, the same at every try.' })
  id!: string

  @Field(() => ID, { description: 'The endpoint.' })
  endpointId!: string

  @Field(() => String, { description: 'The type of the event.' })
  type!: string

  @Field(() => WebhookDeliveryStateEnum, { description: 'Where it stands.' })
  state!: DeliveryState

  @Field(() => Int, { description: 'How often the endpoint was called.' })
  tries!: number

  @Field(() => Instant, { nullable: true, description: 'When it is tried next; null when it is not.' })
  nextTryAt!: Date | null

  @Field(() => Instant, { description: 'When the event happened.' })
  eventAt!: Date

  @Field(() => Instant, { description: 'When something last happened to the delivery.' })
  changedAt!: Date
}

export const WebhookDeliveryConnection = connectionOf(WebhookDeliveryType, 'WebhookDelivery')

@ObjectType('WebhookLogState', { description: 'How the delivery log of an endpoint stands.' })
export class WebhookLogStateType {
  @Field(() => ID, { description: 'The endpoint.' })
  endpointId!: string

  @Field(() => Boolean, { description: 'Whether anything is sent to it.' })
  enabled!: boolean

  @Field(() => Int, { description: `Deliveries that wait or are being sent. ${COUNTED}` })
  waiting!: number

  @Field(() => Int, { description: `Deliveries that it took in the last thirty days. ${COUNTED}` })
  delivered!: number

  @Field(() => Int, { description: `Deliveries that were given up in the last thirty days. ${COUNTED}` })
  failed!: number

  @Field(() => Instant, { nullable: true, description: 'When one of them last changed.' })
  lastChangeAt!: Date | null
}

@ObjectType('WebhookEndpointCreated', { description: 'A new endpoint with its secret.' })
export class WebhookEndpointCreated {
  @Field(() => WebhookEndpointType, { description: 'The endpoint.' })
  endpoint!: WebhookEndpointType

  @Field(() => String, {
    description: 'Signs every call (`whsec_…`). This answer is the only place where it appears.',
  })
  secret!: string
}

@ObjectType('WebhookSecretRolled', { description: 'A new secret of an endpoint.' })
export class WebhookSecretRolled {
  @Field(() => String, {
    description: 'Signs every call from now on. This answer is the only place where it appears.',
  })
  secret!: string

  @Field(() => Instant, { description: 'Until then the secret before signs too.' })
  oldSignsUntil!: Date
}

@ObjectType('WebhookEndpointDeleted', { description: 'An endpoint is gone.' })
export class WebhookEndpointDeleted {
  @Field(() => ID, { description: 'The endpoint.' })
  endpointId!: string
}

@ObjectType('WebhookRedelivery', { description: 'Deliveries that are sent once more.' })
export class WebhookRedelivery {
  @Field(() => Int, { description: 'How many.' })
  asked!: number
}

export const CreateWebhookEndpointResult = resultUnion(
  'CreateWebhookEndpointResult',
  WebhookEndpointCreated,
  'The endpoint with its secret, or why there is none.',
)

export const WebhookEndpointResult = resultUnion(
  'WebhookEndpointResult',
  WebhookEndpointType,
  'The endpoint as it is now, or why it stays as it was.',
)

export const DeleteWebhookEndpointResult = resultUnion(
  'DeleteWebhookEndpointResult',
  WebhookEndpointDeleted,
  'What is gone, or why it stays.',
)

export const RollWebhookSecretResult = resultUnion(
  'RollWebhookSecretResult',
  WebhookSecretRolled,
  'The new secret, or why there is none.',
)

export const WebhookDeliveryResult = resultUnion(
  'WebhookDeliveryResult',
  WebhookDeliveryType,
  'The delivery, or why there is none.',
)

export const WebhookRedeliveryResult = resultUnion(
  'WebhookRedeliveryResult',
  WebhookRedelivery,
  'What is sent once more, or why nothing is.',
)
