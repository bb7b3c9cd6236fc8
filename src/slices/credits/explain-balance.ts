import { assert } from '../../kernel/assert.js'
import type { AccountId, CampaignId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import { explain, type BalanceExplanation } from './domain/balance-explanation.js'
import {
  readBalanceFacts,
  readCampaignCosts,
  readSingleCosts,
  readUses,
  type MessageCost,
  type UseOfCredits,
} from './store/explanation.js'

export type { MessageCost, UseOfCredits } from './store/explanation.js'

/**
 * "Why is my balance N?" in one snapshot: the parts add up to the available credits exactly, or this throws, because
 * an explanation that is nearly right is wrong.
 */
export async function explainBalance(db: Db, accountId: AccountId): Promise<BalanceExplanation> {
  const facts = await readBalanceFacts(db, accountId)
  assert(facts !== null, 'every account has a balance')
  return explain(facts)
}

/** Where the spent and held credits went, by campaign; adds up to what the balance says was spent and is held. */
export async function explainUse(db: Db, accountId: AccountId): Promise<UseOfCredits[]> {
  const { uses, spent, held } = await readUses(db, accountId)
  const total = (of: 'spent' | 'held'): number => uses.reduce((credits, use) => credits + use[of], 0)
  assert(total('spent') === spent, 'what campaigns and messages spent is what was spent')
  assert(total('held') === held, 'what campaigns and messages hold is what is held')
  return uses
}

/** Down to single messages: of one campaign, in its order. */
export async function explainCampaign(
  db: Db,
  accountId: AccountId,
  campaignId: CampaignId,
  page: { afterOrdinal: number; limit: number },
): Promise<MessageCost[]> {
  return readCampaignCosts(db, accountId, campaignId, page)
}

/** Down to single messages: those that belong to no campaign, oldest first. */
export async function explainSingleMessages(
  db: Db,
  accountId: AccountId,
  page: { afterMessageId: string | null; limit: number },
): Promise<MessageCost[]> {
  return readSingleCosts(db, accountId, page)
}
