import type { AccountId } from '../../src/kernel/ids.js'
import type { Order } from './call-api.js'
import type { StormAccount } from './open-accounts.js'

const balance = '... on CreditBalance { available }'
const campaign = '... on Campaign { id state }'
const drain = '... on CampaignDrain { inFlight }'

export interface CreditOrder {
  accountId: AccountId
  adminToken: string
  key: string
  credits: number
}

export function grantOrder({ accountId, adminToken, key, credits }: CreditOrder): Order {
  return {
    field: 'grantCredits',
    token: adminToken,
    wants: balance,
    types: {
      accountId: 'ID!',
      credits: 'Credits!',
      source: 'LotSource!',
      reason: 'ShortText!',
      idempotencyKey: 'IdempotencyKey!',
    },
    variables: { accountId, credits, source: 'PURCHASE', reason: 'storm', idempotencyKey: key },
  }
}

export function adjustOrder({ accountId, adminToken, key, credits }: CreditOrder): Order {
  return {
    field: 'adjustCredits',
    token: adminToken,
    wants: balance,
    types: { accountId: 'ID!', credits: 'Int!', reason: 'ShortText!', idempotencyKey: 'IdempotencyKey!' },
    variables: { accountId, credits, reason: 'storm', idempotencyKey: key },
  }
}

export function rollBackOrder(order: CreditOrder & { lotNo: number }): Order {
  const { accountId, adminToken, key, credits, lotNo } = order
  return {
    field: 'rollBackGrant',
    token: adminToken,
    wants: balance,
    types: {
      accountId: 'ID!',
      lotNo: 'Int!',
      credits: 'Credits',
      reason: 'ShortText!',
      idempotencyKey: 'IdempotencyKey!',
    },
    variables: { accountId, lotNo, credits, reason: 'storm', idempotencyKey: key },
  }
}

export function refundOrder(order: Omit<CreditOrder, 'credits'> & { messageId: string }): Order {
  const { accountId, adminToken, key, messageId } = order
  return {
    field: 'refundMessage',
    token: adminToken,
    wants: balance,
    types: { accountId: 'ID!', messageId: 'ID!', reason: 'ShortText!', idempotencyKey: 'IdempotencyKey!' },
    variables: { accountId, messageId, reason: 'storm', idempotencyKey: key },
  }
}

export function createCampaignOrder(account: StormAccount, key: string, name: string, tags: string[]): Order {
  return {
    field: 'createCampaign',
    token: account.token,
    wants: campaign,
    types: { input: 'CreateCampaignInput!', idempotencyKey: 'IdempotencyKey' },
    variables: {
      // The name is in the text, so that the same text to the same phone is a duplicate and nothing else.
      input: { name, template: `Hi {{first_name}}, this is ${name}.`, autoResume: true, audience: { tags } },
      idempotencyKey: key,
    },
  }
}

export function quoteOrder(account: StormAccount, campaignId: string): Order {
  return {
    field: 'quoteCampaign',
    token: account.token,
    wants: '... on CampaignQuote { id }',
    types: { campaignId: 'ID!' },
    variables: { campaignId },
  }
}

export function startOrder(account: StormAccount, key: string, campaignId: string, quoteId: string): Order {
  return {
    field: 'startCampaign',
    token: account.token,
    wants: campaign,
    types: { campaignId: 'ID!', quoteId: 'ID!', idempotencyKey: 'IdempotencyKey!' },
    variables: { campaignId, quoteId, idempotencyKey: key },
  }
}

export function pauseOrder(account: StormAccount, campaignId: string): Order {
  return campaignOrder(account, 'pauseCampaign', drain, campaignId)
}

export function cancelOrder(account: StormAccount, campaignId: string): Order {
  return campaignOrder(account, 'cancelCampaign', drain, campaignId)
}

export function resumeOrder(account: StormAccount, campaignId: string): Order {
  return campaignOrder(account, 'resumeCampaign', campaign, campaignId)
}

function campaignOrder(account: StormAccount, field: string, wants: string, campaignId: string): Order {
  return { field, wants, token: account.token, types: { campaignId: 'ID!' }, variables: { campaignId } }
}

export function revokeOrder(account: StormAccount, phone: string): Order {
  return {
    field: 'revokeConsent',
    token: account.token,
    types: { input: 'RevokeConsentInput!' },
    variables: { input: { phone, method: 'WEB_FORM' } },
  }
}

export function testMessageOrder(
  account: StormAccount,
  key: string,
  campaignId: string,
  phone: string,
): Order {
  return {
    field: 'sendTestMessage',
    token: account.token,
    types: { campaignId: 'ID!', phone: 'ShortText', idempotencyKey: 'IdempotencyKey!' },
    variables: { campaignId, phone, idempotencyKey: key },
  }
}

export function subscriptionOrder(
  adminToken: string,
  accountId: AccountId,
  state: 'ACTIVE' | 'PAST_DUE',
): Order {
  return {
    field: 'setSubscription',
    token: adminToken,
    types: { accountId: 'ID!', state: 'SubscriptionState!' },
    variables: { accountId, state },
  }
}

export function stopAccountOrder(adminToken: string, accountId: AccountId): Order {
  return {
    field: 'stopSending',
    token: adminToken,
    types: { accountId: 'ID!', reason: 'ShortText!' },
    variables: { accountId, reason: 'storm' },
  }
}

export function resumeAccountOrder(adminToken: string, accountId: AccountId): Order {
  return { field: 'resumeSending', token: adminToken, types: { accountId: 'ID!' }, variables: { accountId } }
}

/** These two answer no union: nothing in them can be refused. */
export function stopPlatformOrder(adminToken: string): Order {
  return {
    field: 'stopAllSending',
    token: adminToken,
    neverRefuses: true,
    types: { reason: 'ShortText!' },
    variables: { reason: 'storm' },
  }
}

export function resumePlatformOrder(adminToken: string): Order {
  return { field: 'resumeAllSending', token: adminToken, neverRefuses: true, types: {}, variables: {} }
}
