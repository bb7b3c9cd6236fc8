import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { consentStanding, isUnreachable } from '../contacts/index.js'
import type { TextPrice } from './answer-text.js'
import { readSendingFacts } from './store/account-facts.js'
import type { Conversation } from './store/conversation-rows.js'

/** Why a person who wrote cannot be answered now, whatever the answer says. */
export type ReplyObstacle =
  | 'opted-out'
  | 'no-consent'
  | 'unreachable'
  | 'account-stopped'
  | 'subscription-inactive'
  | 'country-not-allowed'
  | 'insufficient-credits'

interface ReplyCheck {
  refusal: ReplyObstacle | null
  /** False when only their own recent text allows the answer. */
  hasAgreed: boolean
  availableCredits: number
}

/** Who writes to us asks for an answer; for that long. */
const ASKED_FOR_MS = 24 * 3_600_000

/** Whether a reply may be written, as of the caller's transaction: said before it is written, and decided again when it is. */
export async function checkReply(
  tx: Tx,
  accountId: AccountId,
  conversation: Conversation,
  { price, now }: { price: TextPrice | null; now: Date },
): Promise<ReplyCheck> {
  const standing = await consentStanding(tx, accountId, conversation.phone)
  const hasAgreed = standing.transactional === 'granted'
  const facts = await readSendingFacts(tx, accountId)
  const check = { hasAgreed, availableCredits: facts.available }
  const refuse = (refusal: ReplyObstacle): ReplyCheck => ({ ...check, refusal })
  if (standing.transactional === 'revoked') return refuse('opted-out')
  if (await isUnreachable(tx, accountId, conversation.phone)) return refuse('unreachable')
  // A refusal of anything is a refusal: nothing is read into a text of somebody who has said no.
  if (!hasAgreed && Object.values(standing).includes('revoked')) return refuse('opted-out')
  const askedMs = now.getTime() - conversation.lastInboundAt.getTime()
  if (!hasAgreed && askedMs > ASKED_FOR_MS) return refuse('no-consent')
  if (facts.stopped) return refuse('account-stopped')
  if (!facts.subscriptionActive) return refuse('subscription-inactive')
  if (price === null || !facts.allowedCountries.includes(price.country)) return refuse('country-not-allowed')
  if (facts.available < price.credits) return refuse('insufficient-credits')
  return { ...check, refusal: null }
}
