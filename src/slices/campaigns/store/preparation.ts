import { assert } from '../../../kernel/assert.js'
import type { AccountId, CampaignId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import type { SkipCounts } from '../domain/skip-reason.js'

export interface Preparation {
  campaignId: CampaignId
  audienceSize: number
  priceVersion: number
  nextOrdinal: number
  skipped: SkipCounts
  done: boolean
}

interface PreparationRow {
  campaign_id: CampaignId
  audience_size: number
  price_version: number
  next_ordinal: number
  skipped: SkipCounts
  done: boolean
}

function toPreparation(row: PreparationRow): Preparation {
  return {
    campaignId: row.campaign_id,
    audienceSize: row.audience_size,
    priceVersion: row.price_version,
    nextOrdinal: row.next_ordinal,
    skipped: row.skipped,
    done: row.done,
  }
}

const SELECT_PREPARATION =
  'select campaign_id, audience_size, price_version, next_ordinal, skipped, done from campaign_preparation where campaign_id = $1'

export async function insertPreparation(
  tx: Tx,
  accountId: AccountId,
  preparation: Omit<Preparation, 'nextOrdinal' | 'done'>,
): Promise<void> {
  await tx.query(
    `/* campaigns.insertPreparation */
     insert into campaign_preparation (campaign_id, account_id, audience_size, price_version, skipped) values ($1, $2, $3, $4, $5)`,
    [
      preparation.campaignId,
      accountId,
      preparation.audienceSize,
      preparation.priceVersion,
      JSON.stringify(preparation.skipped),
    ],
  )
}

export async function readPreparation(db: Db, campaignId: CampaignId): Promise<Preparation | null> {
  const [row] = await readQuery<PreparationRow>(db, `/* campaigns.preparation */ ${SELECT_PREPARATION}`, [
    campaignId,
  ])
  return row === undefined ? null : toPreparation(row)
}

export async function lockPreparation(tx: Tx, campaignId: CampaignId): Promise<Preparation | null> {
  const [row] = await tx.query<PreparationRow>(
    `/* campaigns.lockPreparation */ ${SELECT_PREPARATION} for update`,
    [campaignId],
  )
  return row === undefined ? null : toPreparation(row)
}

export async function advancePreparation(
  tx: Tx,
  from: Preparation,
  step: { nextOrdinal: number; skipped: SkipCounts },
): Promise<void> {
  const rows = await tx.query(
    `/* campaigns.advancePreparation */
     update campaign_preparation set next_ordinal = $3, skipped = $4, done = $3 > audience_size
     where campaign_id = $1 and next_ordinal = $2 and not done returning 1`,
    [from.campaignId, from.nextOrdinal, step.nextOrdinal, JSON.stringify(step.skipped)],
  )
  assert(rows.length === 1, 'a preparation advances from where it was locked')
}
