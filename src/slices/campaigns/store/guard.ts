import type { Tx } from '../../../platform/db/transaction.js'

/** What the guard asks of a campaign: the credits of the account's largest other one, and what was approved for this one. */
export async function readGuardFacts(
  tx: Tx,
  accountId: string,
  campaignId: string,
): Promise<{ largestBefore: number; approvedCredits: number }> {
  const [row] = await tx.query<{ largest: string; approved: string | null }>(
    `/* campaigns.guardFacts */
     select coalesce((
         select max(t.captured_credits) from campaign c join message_tally t on t.campaign_id = c.id
         where c.account_id = $1 and c.id <> $2
       ), 0) as largest,
       (select approved_credits from campaign_control where campaign_id = $2 and account_id = $1) as approved`,
    [accountId, campaignId],
  )
  return { largestBefore: Number(row?.largest ?? 0), approvedCredits: Number(row?.approved ?? 0) }
}

export async function writeApproval(tx: Tx, campaignId: string, credits: number): Promise<void> {
  await tx.query(
    '/* campaigns.approve */ update campaign_control set approved_credits = $2 where campaign_id = $1',
    [campaignId, credits],
  )
}
