import { extendSeries, queueDue, rollSeries } from '../slices/appointments/index.js'
import { prepareAudiences, startDue, type CampaignDeps } from '../slices/campaigns/index.js'
import type { AppContext } from './app-context.js'
import { appointmentDeps, campaignDeps } from './slice-deps.js'

/**
 * Writes everything that is to be sent by now, as the jobs do one by one. Whoever asks the carrier what a lost database had
 * sent needs it: what is not written yet cannot be recognised, and would be sent a second time.
 */
export async function writeDue(app: AppContext): Promise<void> {
  const campaigns = campaignDeps(app)
  await startDue(campaigns)
  await prepareAll(campaigns)
  const appointments = appointmentDeps(app)
  await rollSeries(appointments)
  await extendSeries(appointments)
  for (;;) {
    const { queued, skipped } = await queueDue(appointments)
    if (queued + skipped === 0) return
  }
}

/** Chunk after chunk, until every started campaign has all its messages. */
export async function prepareAll(campaigns: CampaignDeps): Promise<void> {
  for (;;) {
    const { more } = await prepareAudiences(campaigns)
    if (!more) return
  }
}
