import { readQuery } from '../../src/platform/db/transaction.js'
import type { Db } from '../../src/platform/db/data-source.js'
import type { World } from '../world/users.js'
import type { AttemptFact, BalanceFact, CorrectionFact, Facts, MessageFact, RecordedText } from './facts.js'

export async function readFacts({ stage, journal, accounts }: World): Promise<Facts> {
  const { db } = stage
  const lines = await stage.carrier.record()
  return {
    record: lines.map((line): RecordedText => ({
      sid: line.sid,
      to: line.to,
      textHash: line.bodyHash,
      attemptId: line.attempt,
      acceptedAtMs: Date.parse(line.acceptedAt),
    })),
    messages: await readQuery<MessageFact>(
      db,
      `select m.id, m.account_id as "accountId", m.campaign_id as "campaignId", m.state, m.cost,
         c.state as "campaignState", c.pause_reason as "pauseReason"
       from message m left join campaign_control c using (campaign_id)`,
    ),
    attempts: await readQuery<AttemptFact>(
      db,
      `select a.id, a.message_id as "messageId", a.state, a.sid, exists (
         select from credit_transfer h join credit_transfer c on c.account_id = h.account_id and c.ref_seq = h.seq
           and c.kind = 'capture' where h.attempt_id = a.id and h.kind = 'hold') as "isCaptured"
       from attempt a`,
    ),
    balances: await readBalances(
      db,
      accounts.map(({ accountId }) => ({ accountId, granted: journal.granted.get(accountId) ?? 0 })),
    ),
    forgottenRecipients: await countForgotten(db),
    corrections: await readCorrections(db, journal.corrections),
  }
}

async function readBalances(
  db: Db,
  accounts: readonly { accountId: string; granted: number }[],
): Promise<BalanceFact[]> {
  const rows = await readQuery<{ account_id: string; held: string; refunded: string }>(
    db,
    `select b.account_id, b.held, coalesce(r.refunded, 0) as refunded from credit_balance b left join (
       select account_id, sum(amount) as refunded from credit_transfer where kind = 'refund' group by 1) r using (account_id)`,
  )
  const byAccount = new Map(rows.map((row) => [row.account_id, row]))
  return accounts.map((account) => {
    const row = byAccount.get(account.accountId)
    return { ...account, held: Number(row?.held ?? 0), refunded: Number(row?.refunded ?? 0) }
  })
}

async function countForgotten(db: Db): Promise<number> {
  const [row] = await readQuery<{ n: number }>(
    db,
    `select count(*)::int as n from recipient r join campaign_control c using (campaign_id)
     left join message m on m.campaign_id = r.campaign_id and m.ordinal = r.ordinal
     where c.state <> 'cancelled' and r.skip_reason is null and m.id is null`,
  )
  return row?.n ?? 0
}

async function readCorrections(
  db: Db,
  corrections: readonly { accountId: string; key: string; credits: number }[],
): Promise<CorrectionFact[]> {
  const rows = await readQuery<{ key: string; booked: string }>(
    db,
    `select k.key, coalesce(sum(t.amount), 0) as booked
     from unnest($1::uuid[], $2::text[]) as k (account_id, key)
     left join credit_transfer t on t.account_id = k.account_id and t.op_key is not null
       and regexp_replace(t.op_key, ':[0-9]+$', '') like '%:' || k.key
       and t.kind in ('grant', 'clawback', 'deduction', 'debt_charge')
     group by k.key`,
    [corrections.map(({ accountId }) => accountId), corrections.map(({ key }) => key)],
  )
  const booked = new Map(rows.map((row) => [row.key, Number(row.booked)]))
  return corrections.map(({ key, credits }) => ({ key, asked: credits, booked: booked.get(key) ?? 0 }))
}
