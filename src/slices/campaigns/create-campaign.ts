import { newId, type CampaignId } from '../../kernel/ids.js'
import { actorText } from '../../platform/access/viewer.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { onceOnly, type KeyReused } from '../../platform/idempotency/once-only.js'
import type { CampaignDeps, Caller } from './campaign-deps.js'
import { checkContent, type ContentInput, type ContentRefusal } from './check-content.js'
import { announceState } from './move-campaign.js'
import { insertCampaign } from './store/campaigns.js'

export interface CreateCampaignInput extends ContentInput {
  name: string
  autoResume?: boolean
  idempotencyKey?: string | null
}

export type CreateCampaignResult =
  { ok: true; campaignId: CampaignId } | { ok: false; reason: 'name-invalid' } | ContentRefusal | KeyReused

/** A new draft. Refuses content that could not be sent as it stands; nothing is sent and nothing is held. */
export async function createCampaign(
  deps: CampaignDeps,
  caller: Caller,
  input: CreateCampaignInput,
): Promise<CreateCampaignResult> {
  const name = readName(input.name)
  if (name === null) return { ok: false, reason: 'name-invalid' }
  const checked = await checkContent(deps, caller.accountId, input)
  if (!checked.ok) return checked
  const { accountId } = caller
  return inTransaction(deps.db, { name: 'campaigns.create', accountId }, (tx) =>
    onceOnly(
      tx,
      {
        accountId,
        key: input.idempotencyKey ?? null,
        operation: 'campaigns.create',
        input: { ...input, idempotencyKey: null },
      },
      async () => {
        const campaignId = newId<CampaignId>()
        await insertCampaign(tx, {
          ...checked.content,
          id: campaignId,
          accountId,
          name,
          autoResume: input.autoResume ?? false,
          cloneOf: null,
          createdBy: actorText(caller.actor),
          now: deps.clock.now().toJSDate(),
        })
        await announceState(
          tx,
          { id: campaignId, accountId },
          { state: 'draft', pauseReason: null, from: null },
        )
        return { ok: true as const, campaignId }
      },
    ),
  )
}

/** One line of 1 to 200 characters, or null. */
export function readName(text: string): string | null {
  const name = text.trim()
  return name.length >= 1 && name.length <= 200 && !/\p{Cc}|\p{Surrogate}/u.test(name) ? name : null
}
