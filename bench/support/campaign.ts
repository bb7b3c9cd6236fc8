import { newId, type AccountId, type CampaignId } from '../../src/kernel/ids.js'
import type { Db } from '../../src/platform/db/data-source.js'
import { inTransaction, readQuery } from '../../src/platform/db/transaction.js'
import { grantCredits } from '../../src/slices/credits/index.js'

export interface BenchCampaign {
  accountId: AccountId
  campaignId: CampaignId
}

/**
 * An account with credits, consents and one running campaign whose messages are written out already: what is measured
 * is sending. Written by SQL, since importing a million contacts is not what these figures are about.
 */
export async function prepareCampaign(db: Db, messages: number): Promise<BenchCampaign> {
  const accountId = newId<AccountId>()
  const campaignId = newId<CampaignId>()
  await readQuery(db, `insert into account (id, name) values ($1, 'bench')`, [accountId])
  await readQuery(
    db,
    `update account_control set subscription_state = 'active', unknown_policy = 'P1', unknown_policy_single = 'P1',
       quiet_hours_waiver = 'a benchmark' where account_id = $1`,
    [accountId],
  )
  await inTransaction(db, { name: 'bench.grant', accountId }, (tx) =>
    grantCredits(tx, { accountId, credits: messages, source: 'purchase', origin: 'bench', actor: 'bench' }),
  )
  await readQuery(
    db,
    `insert into campaign (id, account_id, name, purpose, template, opt_out_footer, audience, created_by)
     values ($1, $2, 'bench', 'marketing', 'Hello', 'Reply STOP to opt out.', '{}', 'bench')`,
    [campaignId, accountId],
  )
  await readQuery(
    db,
    `insert into campaign_control (campaign_id, account_id, changed_by) values ($1, $2, 'bench')`,
    [campaignId, accountId],
  )
  for (let from = 1; from <= messages; from += 100_000) {
    await writeMessages(db, { accountId, campaignId }, from, Math.min(messages, from + 99_999))
  }
  await readQuery(
    db,
    `insert into campaign_preparation (campaign_id, account_id, audience_size, price_version, next_ordinal, skipped, done)
     values ($1, $2, $3, 1, $3 + 1, '{}', true)`,
    [campaignId, accountId, messages],
  )
  await readQuery(
    db,
    `update campaign_control set state = 'running', started_at = now(), cap_credits = $2 where campaign_id = $1`,
    [campaignId, messages],
  )
  await readQuery(db, 'vacuum analyze message, message_due, message_body, consent, attempt, credit_transfer')
  await readQuery(db, 'checkpoint')
  return { accountId, campaignId }
}

async function writeMessages(
  db: Db,
  { accountId, campaignId }: BenchCampaign,
  from: number,
  to: number,
): Promise<void> {
  const phone = `'+1' || (2010000000 + i)::text`
  await readQuery(
    db,
    `insert into consent_event (account_id, phone, purpose, action, level, method, occurred_at, recorded_at)
     select $1, ${phone}, 'marketing', 'grant', 'written', 'import', now(), now() from generate_series($2::int, $3::int) i`,
    [accountId, from, to],
  )
  await readQuery(
    db,
    `with added as (
       insert into message (account_id, campaign_id, ordinal, purpose, phone, country, segments, cost, price_version)
       select $1, $2, i, 'marketing', ${phone}, 'US', 1, 1, 1 from generate_series($3::int, $4::int) i
       returning id, ordinal
     )
     insert into message_body (message_id, body, encoding)
     select id, 'Spring sale at Acme: 20 % off all classes until Friday, number ' || ordinal || '. Reply STOP to opt out.', 'GSM-7' from added`,
    [accountId, campaignId, from, to],
  )
}

/** Captures in the ledger, to be held against the carrier's own record. */
export async function capturedMessages(db: Db, accountId: AccountId): Promise<number> {
  const [row] = await readQuery<{ n: string }>(
    db,
    `select count(*) as n from credit_transfer where account_id = $1 and kind = 'capture'`,
    [accountId],
  )
  return Number(row?.n ?? 0)
}

/** Removes what earlier runs left, so that each run finds tables of the same size. */
export async function forgetCampaigns(db: Db): Promise<void> {
  await readQuery(
    db,
    `set session_replication_role = replica;
     truncate account, message, message_due, message_body, message_tally, attempt, claim, credit_transfer, ledger_block,
       credit_lot, consent, consent_event, account_event, control_event, delivery cascade;
     set session_replication_role = default`,
  )
}
