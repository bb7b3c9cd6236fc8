import { DateTime } from 'luxon'
import { inTransaction } from '../../platform/db/transaction.js'
import type { BillingDeps } from './billing-deps.js'
import { classifyDecline } from './domain/decline-table.js'
import { declineTopUp, endTopUp, judgeTopUp } from './judge-top-up.js'
import { findCharge } from './find-charge.js'
import type { ChargeAnswer } from './provider-types.js'
import { customerOf } from './store/customers.js'
import {
  countPost,
  findTopUp,
  lockTopUp,
  openTopUpStates,
  type TopUp,
  type TopUpId,
} from './store/top-ups.js'
import { switchTopUpOff } from './switch-top-up-off.js'
import { syncPayment } from './sync-payment.js'

/** After a post without an answer. */
const LOOK_AFTER_MINUTES = 5
/** The same key is posted so often and so long; then the payment is looked for instead. */
const POSTS_MAX = 3
const POST_HOURS_MAX = 20

/**
 * Posts the charge of one open top-up, always under its own key: at Stripe there is one payment, however often this runs or
 * dies. Counted before, judged after; nothing is granted here, only by the payment as it is fetched. A declined
 * payment is ended at Stripe too, so that nobody can complete it later.
 */
export async function chargeTopUp(deps: BillingDeps, id: TopUpId): Promise<void> {
  const topUp = await findTopUp(deps.db, id)
  if (topUp === null || !openTopUpStates.includes(topUp.state) || topUp.paymentId !== null) return
  const now = deps.clock.now()
  const isWorn =
    topUp.posts >= POSTS_MAX || now.diff(DateTime.fromJSDate(topUp.requestedAt)).as('hours') >= POST_HOURS_MAX
  if (isWorn) return findCharge(deps, topUp)
  const customer = await customerOf(deps.db, topUp.accountId)
  if (customer === null) return
  await inTransaction(deps.db, { name: 'billing.countPost', accountId: topUp.accountId }, (tx) =>
    countPost(tx, topUp, now.plus({ minutes: LOOK_AFTER_MINUTES }).toJSDate()),
  )
  const answer = await deps.provider.charge({
    topUpId: id,
    accountId: topUp.accountId,
    customerId: customer.customerId,
    cardId: topUp.cardId,
    amountMinor: topUp.amountMinor,
    currency: topUp.currency,
  })
  await take(deps, topUp, answer)
}

async function take(deps: BillingDeps, topUp: TopUp, answer: ChargeAnswer): Promise<void> {
  const { accountId, id } = topUp
  const now = deps.clock.now().toJSDate()
  if (answer.kind === 'unknown') return
  await inTransaction(deps.db, { name: 'billing.takeAnswer', accountId }, async (tx) => {
    const current = await lockTopUp(tx, accountId, id)
    if (current === null) return
    if (answer.kind === 'accepted')
      await judgeTopUp(tx, current, { id: answer.paymentId, status: 'processing', failure: null }, now)
    if (answer.kind === 'declined')
      await declineTopUp(tx, current, { paymentId: answer.paymentId, decline: answer.decline, now })
    if (answer.kind === 'refused') {
      await endTopUp(tx, current, { state: 'failed', failure: answer.code, paymentId: null, now })
      await switchTopUpOff(tx, accountId, answer.code, now)
    }
  })
  if (answer.kind === 'accepted') await syncPayment(deps, answer.paymentId)
  if (answer.kind === 'declined' && answer.paymentId !== null)
    if (classifyDecline(answer.decline) !== 'authenticate')
      await deps.provider.cancelPayment(answer.paymentId)
}
