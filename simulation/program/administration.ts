import type { AccountId } from '../../src/kernel/ids.js'
import type { Clock } from '../../src/kernel/clock.js'
import type { Db } from '../../src/platform/db/data-source.js'
import { AmbiguousCommit, inTransaction } from '../../src/platform/db/transaction.js'
import {
  resumeAccount,
  resumePlatform,
  setSubscription,
  stopAccount,
  stopPlatform,
} from '../../src/slices/accounts/index.js'
import {
  cancelCampaign,
  pauseCampaign,
  resumeCampaign,
  resumePaused,
  scheduleCampaign,
  startCampaign,
  unscheduleCampaign,
  type CampaignDeps,
} from '../../src/slices/campaigns/index.js'
import { grantConsent, revokeConsent } from '../../src/slices/contacts/index.js'
import { takeBackMessages } from '../../src/slices/messages/index.js'
import { adjustCredits, grantCredits, rollBackGrant } from '../../src/slices/credits/index.js'
import { ConnectionBroke } from '../database/database-faults.js'
import { callerOf, type Account } from '../scenario/populate.js'
import type { Dice } from '../world/dice.js'
import type { WebhookReceiver } from './receive-webhooks.js'

export interface AdministrationDeps {
  readonly db: Db
  readonly clock: Clock
  readonly campaigns: CampaignDeps
  readonly webhooks: WebhookReceiver
  readonly sender: string
}

/** One thing that a person does. Whoever gets no answer does the same again, under the same key. */
export interface Order {
  readonly name: string
  run(deps: AdministrationDeps): Promise<unknown>
}

const TRIES_MAX = 4

export async function carryOut(deps: AdministrationDeps, order: Order): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await order.run(deps)
      return
    } catch (error) {
      const isUnanswered = error instanceof AmbiguousCommit || error instanceof ConnectionBroke
      if (!isUnanswered || attempt === TRIES_MAX) throw error
    }
  }
}

/** What a person may do next, drawn with everything that it needs. */
export function drawOrder(
  dice: Dice,
  accounts: readonly Account[],
  key: string,
  names?: readonly string[],
): Order {
  const account = dice.pick(accounts)
  const { accountId } = account
  const caller = callerOf(accountId)
  const { campaignId, quoteId } = dice.pick(account.campaigns)
  const phone = dice.pick(account.contacts)
  const credits = dice.between(1, 4)
  const admin = { accountId, actor: { kind: 'admin' as const, id: 'root' } }
  const locked = { name: 'simulation.credits', accountId }
  const orders: (readonly [weight: number, order: Order])[] = [
    [3, { name: 'pause', run: ({ campaigns }) => pauseCampaign(campaigns, caller, { campaignId }) }],
    [
      1,
      {
        name: 'pause as administrator',
        run: ({ campaigns }) => pauseCampaign(campaigns, admin, { campaignId }),
      },
    ],
    [
      4,
      {
        name: 'resume',
        run: ({ campaigns }) => resumeCampaign(campaigns, caller, { campaignId, idempotencyKey: key }),
      },
    ],
    [2, { name: 'cancel', run: ({ campaigns }) => cancelCampaign(campaigns, caller, { campaignId }) }],
    [
      2,
      {
        name: 'start',
        run: ({ campaigns }) =>
          startCampaign(campaigns, caller, { campaignId, quoteId, idempotencyKey: key }),
      },
    ],
    [
      1,
      { name: 'unschedule', run: ({ campaigns }) => unscheduleCampaign(campaigns, caller, { campaignId }) },
    ],
    [
      1,
      {
        name: 'schedule',
        run: ({ campaigns, clock }) =>
          scheduleCampaign(campaigns, caller, {
            campaignId,
            quoteId,
            startAt: clock.now().plus({ seconds: 40 }).toJSDate(),
          }),
      },
    ],
    [
      4,
      {
        name: 'revoke',
        run: (deps) => revokeConsent(deps, accountId, { phone, method: 'verbal', actor: 'ada' }),
      },
    ],
    [
      1,
      {
        name: 'agree',
        run: (deps) =>
          grantConsent(deps, accountId, {
            phone,
            purposes: ['marketing'],
            level: 'express',
            method: 'verbal',
            actor: 'ada',
          }),
      },
    ],
    [
      4,
      {
        name: 'grant',
        run: async ({ db, campaigns }) => {
          await inTransaction(db, locked, (tx) =>
            grantCredits(tx, { accountId, credits, source: 'purchase', origin: key, actor: 'ada' }),
          )
          await resumePaused(campaigns, { carrierAvailable: true, accountId })
        },
      },
    ],
    [
      3,
      {
        name: 'roll back',
        run: ({ db }) =>
          inTransaction(db, locked, (tx) =>
            rollBackGrant(tx, { accountId, lotNo: 1, key, actor: 'ada', reason: 'mistake' }),
          ),
      },
    ],
    [
      2,
      {
        name: 'adjust',
        run: ({ db, clock }) =>
          inTransaction(db, locked, (tx) =>
            adjustCredits(tx, {
              accountId,
              credits: credits - 3 || 1,
              key,
              actor: 'ada',
              reason: 'mistake',
              now: clock.now().toJSDate(),
            }),
          ),
      },
    ],
    [
      2,
      { name: 'subscription lapses', run: (deps) => setSubscription(deps, { accountId, state: 'past_due' }) },
    ],
    [
      3,
      { name: 'subscription renewed', run: (deps) => setSubscription(deps, { accountId, state: 'active' }) },
    ],
    [4, { name: 'take back', run: ({ db }) => takeBackSingles(db, accountId) }],
    [1, { name: 'stop account', run: (deps) => stopAccount(deps, { accountId, reason: 'simulated' }) }],
    [2, { name: 'resume account', run: (deps) => resumeAccount(deps, accountId) }],
    [1, { name: 'stop platform', run: (deps) => stopPlatform(deps, 'simulated') }],
    [2, { name: 'resume platform', run: (deps) => resumePlatform(deps) }],
    [
      3,
      {
        name: 'STOP',
        run: ({ webhooks, sender }) =>
          webhooks.inbound({
            MessageSid: `SM${key.padStart(32, '0')}`,
            From: phone,
            To: sender,
            Body: 'STOP',
          }),
      },
    ],
  ]
  return dice.weighted(orders.filter(([, order]) => names?.includes(order.name) ?? true))
}

/** As an appointment does that is moved or called off; of its texts first those whose call is out, which is the hard case. */
async function takeBackSingles(db: Db, accountId: AccountId): Promise<unknown> {
  return inTransaction(db, { name: 'simulation.takeBack', accountId }, async (tx) => {
    const rows = await tx.query<{ id: string }>(
      `/* simulation.singles */ select id from message where account_id = $1 and campaign_id is null
       order by array_position(array['unknown', 'dispatching'], state::text), id limit 1`,
      [accountId],
    )
    return takeBackMessages(tx, accountId, { ids: rows.map(({ id }) => id) }, 'simulated')
  })
}
