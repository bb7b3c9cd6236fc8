import { registerEnumType } from 'type-graphql'

export const RoleEnum = { OWNER: 'owner', OPERATOR: 'operator', VIEWER: 'viewer' } as const

registerEnumType(RoleEnum, {
  name: 'Role',
  description: 'What a member may do in an account.',
  valuesConfig: {
    OWNER: { description: 'Everything, members, API keys and settings included.' },
    OPERATOR: { description: 'Works with contacts, campaigns and messages, and so spends credits.' },
    VIEWER: { description: 'Sees everything and changes nothing.' },
  },
})

export const ApiKeyRoleEnum = { OPERATOR: 'operator', VIEWER: 'viewer' } as const

registerEnumType(ApiKeyRoleEnum, {
  name: 'ApiKeyRole',
  description: 'What a program with an API key may do. Never as much as an owner.',
  valuesConfig: {
    OPERATOR: { description: 'Works with contacts, campaigns and messages, and so spends credits.' },
    VIEWER: { description: 'Sees everything and changes nothing.' },
  },
})

export const SubscriptionStateEnum = {
  NONE: 'none',
  ACTIVE: 'active',
  TRIALING: 'trialing',
  PAST_DUE: 'past_due',
  PAUSED: 'paused',
  UNPAID: 'unpaid',
  CANCELED: 'canceled',
  INCOMPLETE: 'incomplete',
} as const

registerEnumType(SubscriptionStateEnum, {
  name: 'SubscriptionState',
  description: "State of an account's subscription. Only ACTIVE and TRIALING let messages go out.",
  valuesConfig: {
    NONE: { description: 'There never was a subscription.' },
    ACTIVE: { description: 'Paid; messages go out.' },
    TRIALING: { description: 'On trial; messages go out.' },
    PAST_DUE: { description: 'A payment is late; nothing goes out.' },
    PAUSED: { description: 'Paused; nothing goes out.' },
    UNPAID: { description: 'Payments have failed; nothing goes out.' },
    CANCELED: { description: 'Ended; nothing goes out.' },
    INCOMPLETE: { description: 'The first payment is not complete; nothing goes out.' },
  },
})

export const UnknownPolicyEnum = { P0: 'P0', P1: 'P1' } as const

registerEnumType(UnknownPolicyEnum, {
  name: 'UnknownPolicy',
  description: 'What happens to a message when the outcome of its call to the carrier cannot be known yet.',
  valuesConfig: {
    P0: { description: 'Never send again while the first call may have been accepted.' },
    P1: { description: 'Send again once it is proved that the carrier did not accept the first call.' },
  },
})

export const StopCauseEnum = {
  DATABASE_RESTORED: 'database_restored',
  PLATFORM_STOPPED: 'platform_stopped',
  AUDIT_BREACH: 'audit_breach',
  ADMINISTRATOR: 'administrator',
  PAYMENT: 'payment',
  SUBSCRIPTION: 'subscription',
} as const

registerEnumType(StopCauseEnum, {
  name: 'StopCause',
  description: 'What keeps an account from sending.',
  valuesConfig: {
    DATABASE_RESTORED: { description: 'The platform was restored and compares with the carrier first.' },
    PLATFORM_STOPPED: { description: 'All sending of all accounts is stopped.' },
    AUDIT_BREACH: { description: 'The audit found a rule broken in this account.' },
    ADMINISTRATOR: { description: 'An administrator of the platform has stopped this account.' },
    PAYMENT: { description: 'A payment of this account is disputed, or was reported as fraud.' },
    SUBSCRIPTION: { description: 'The subscription does not allow sending.' },
  },
})
