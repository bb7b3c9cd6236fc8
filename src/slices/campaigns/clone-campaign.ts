import { newId, type CampaignId } from '../../kernel/ids.js'
import { actorText } from '../../platform/access/viewer.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { onceOnly, type KeyReused } from '../../platform/idempotency/once-only.js'
import type { CampaignDeps, Caller } from './campaign-deps.js'
import { readName } from './create-campaign.js'
import { announceState } from './move-campaign.js'
import { insertCampaign, lockCampaign } from './store/campaigns.js'

export interface CloneCampaignInput {
  campaignId: CampaignId
  /** The name of the original when left out. */
  name?: string | null
  idempotencyKey?: string | null
}

export type CloneCampaignResult =
  { ok: true; campaignId: CampaignId } | { ok: false; reason: 'not-found' | 'name-invalid' } | KeyReused

/** A new draft with the content of a campaign in any state. Its time, quote, recipients and history are its own. */
export async function cloneCampaign(
  deps: CampaignDeps,
  caller: Caller,
  input: CloneCampaignInput,
): Promise<CloneCampaignResult> {
  const { accountId } = caller
  return inTransaction(deps.db, { name: 'campaigns.clone', accountId }, async (tx) => {
    const original = await lockCampaign(tx, accountId, input.campaignId)
    if (original === null) return { ok: false, reason: 'not-found' }
    const name = readName(input.name ?? original.name)
    if (name === null) return { ok: false, reason: 'name-invalid' }
    const request = { campaignId: input.campaignId, name: input.name ?? null }
    const once = {
      accountId,
      key: input.idempotencyKey ?? null,
      operation: 'campaigns.clone',
      input: request,
    }
    return onceOnly(tx, once, async () => {
      const now = deps.clock.now().toJSDate()
      const campaignId = newId<CampaignId>()
      // The moment after which a text is useless belongs to the occasion, not to the content.
      const expiresAt = original.expiresAt !== null && original.expiresAt > now ? original.expiresAt : null
      await insertCampaign(tx, {
        ...original,
        id: campaignId,
        name,
        expiresAt,
        cloneOf: original.id,
        createdBy: actorText(caller.actor),
        now,
      })
      await announceState(
        tx,
        { id: campaignId, accountId },
        { state: 'draft', pauseReason: null, from: null },
      )
      return { ok: true as const, campaignId }
    })
  })
}
