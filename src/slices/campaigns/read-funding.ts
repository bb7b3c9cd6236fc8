import type { Tx } from '../../platform/db/transaction.js'
import { messageTallyLocked, nextPendingCost, type MessageTally } from '../messages/index.js'
import type { FundingFacts } from './domain/may-go-on.js'
import { readAccountRulesLocked } from './store/account-rules.js'
import { readBalanceIn } from './store/balance.js'
import type { Campaign } from './store/campaigns.js'

/** Everything that decides about a campaign's next message, as it is in this transaction. */
export async function readFunding(
  tx: Tx,
  campaign: Campaign,
  now: Date,
): Promise<{ facts: FundingFacts; tally: MessageTally; hasNext: boolean }> {
  const rules = await readAccountRulesLocked(tx, campaign.accountId)
  const balance = await readBalanceIn(tx, campaign.accountId)
  const tally = await messageTallyLocked(tx, campaign.id)
  const next = await nextPendingCost(tx, campaign.id, now)
  return {
    tally,
    hasNext: next !== null,
    facts: {
      accountStopped: rules.stoppedReason !== null,
      disputed: rules.disputed,
      subscriptionActive: rules.subscriptionActive,
      availableCredits: balance.available,
      reserveCredits: rules.reserveCredits,
      debtCredits: balance.debt,
      nextCost: next?.cost ?? null,
      capCredits: campaign.capCredits,
      heldCredits: tally.heldCredits,
      capturedCredits: tally.capturedCredits,
    },
  }
}
