import type { Db } from '../../platform/db/data-source.js'
import { readInboxState, type InboxState } from '../webhooks/index.js'
import { STRIPE_PROVIDER } from './apply-stripe-events.js'
import { workLeft, type WorkLeft } from './store/overview.js'

export interface BillingHealth extends WorkLeft {
  inbox: InboxState
}

/** What operators watch: events that wait or were set aside, objects that could not be fetched, differences, frozen accounts. */
export async function readBillingHealth(db: Db): Promise<BillingHealth> {
  return { inbox: await readInboxState(db, STRIPE_PROVIDER), ...(await workLeft(db)) }
}
