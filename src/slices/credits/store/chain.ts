import { assert } from '../../../kernel/assert.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery } from '../../../platform/db/transaction.js'
import type { ChainBlock, ChainLot, ChainTransfer } from '../domain/chain-text.js'
import type { TransferKind } from '../domain/transfer-kind.js'

/** What one account's ledger claims about itself, read in one snapshot; history up to `blockNo` cannot change any more. */
export interface LedgerAnchor {
  accountId: string
  available: number
  held: number
  spent: number
  expired: number
  debt: number
  seq: number
  blockNo: number
  head: Buffer
  lots: { lotNo: number; amountCredits: number; remainingCredits: number }[]
  /** Of all transfers that exist, to find those that no block covers. */
  firstSeq: number | null
  lastSeq: number | null
  lastBlockNo: number | null
}

type AnchorRow = Record<'available' | 'held' | 'spent' | 'expired' | 'debt' | 'seq' | 'block_no', string> & {
  head: Buffer
  lots: { lot_no: number; amount: number; remaining: number }[] | null
  first_seq: string | null
  last_seq: string | null
  last_block_no: string | null
}

const numberOrNull = (text: string | null): number | null => (text === null ? null : Number(text))

export async function readAnchor(db: Db, accountId: string): Promise<LedgerAnchor> {
  const [row] = await readQuery<AnchorRow>(
    db,
    `/* credits.readAnchor */
     select b.available, b.held, b.spent, b.expired, b.debt, b.seq, b.block_no, b.head,
       (select jsonb_agg(jsonb_build_object('lot_no', lot_no, 'amount', amount, 'remaining', remaining) order by lot_no)
          from credit_lot l where l.account_id = b.account_id) as lots,
       (select min(seq) from credit_transfer t where t.account_id = b.account_id) as first_seq,
       (select max(seq) from credit_transfer t where t.account_id = b.account_id) as last_seq,
       (select max(block_no) from ledger_block k where k.account_id = b.account_id) as last_block_no
     from credit_balance b where b.account_id = $1`,
    [accountId],
  )
  assert(row !== undefined, 'every account has a balance')
  return {
    accountId,
    available: Number(row.available),
    held: Number(row.held),
    spent: Number(row.spent),
    expired: Number(row.expired),
    debt: Number(row.debt),
    seq: Number(row.seq),
    blockNo: Number(row.block_no),
    head: row.head,
    lots: (row.lots ?? []).map((lot) => ({
      lotNo: lot.lot_no,
      amountCredits: lot.amount,
      remainingCredits: lot.remaining,
    })),
    firstSeq: numberOrNull(row.first_seq),
    lastSeq: numberOrNull(row.last_seq),
    lastBlockNo: numberOrNull(row.last_block_no),
  }
}

/** One block as the database sees it: what it says, and whether its hash is the hash of what is there. */
export interface CheckedBlock {
  blockNo: number
  firstSeq: number
  lastSeq: number
  prev: Buffer
  hash: Buffer
  /** Recomputed from the transfers that are there now. */
  hashIsRight: boolean
  transfers: number
}

export interface BlockRange {
  accountId: string
  afterBlockNo: number
  throughBlockNo: number
}

/** Recomputes the hashes of a range of blocks inside the database, in order. */
export async function checkBlocks(db: Db, range: BlockRange): Promise<CheckedBlock[]> {
  const rows = await readQuery<
    Record<'block_no' | 'first_seq' | 'last_seq' | 'transfers', string> & {
      prev: Buffer
      hash: Buffer
      hash_is_right: boolean
    }
  >(
    db,
    `/* credits.checkBlocks */
     select b.block_no, b.first_seq, b.last_seq, b.prev, b.hash, t.n as transfers,
       b.hash = block_hash(b, t.transfers, l.lots) as hash_is_right
     from ledger_block b
     cross join lateral (
       select count(*) as n, bool_or(t.kind = 'grant') as grants, string_agg(transfer_text(t), E'\\n' order by t.seq) as transfers
       from credit_transfer t where t.account_id = b.account_id and t.seq between b.first_seq and b.last_seq
     ) t
     left join lateral (
       select string_agg(lot_text(l), E'\\n' order by l.lot_no) as lots
       from credit_transfer g join credit_lot l on l.account_id = g.account_id and l.lot_no = g.lot_no
       where g.account_id = b.account_id and g.seq between b.first_seq and b.last_seq and g.kind = 'grant'
     ) l on t.grants
     where b.account_id = $1 and b.block_no > $2 and b.block_no <= $3
     order by b.block_no`,
    [range.accountId, range.afterBlockNo, range.throughBlockNo],
  )
  return rows.map((row) => ({
    blockNo: Number(row.block_no),
    firstSeq: Number(row.first_seq),
    lastSeq: Number(row.last_seq),
    prev: row.prev,
    hash: row.hash,
    hashIsRight: row.hash_is_right,
    transfers: Number(row.transfers),
  }))
}

export interface MovedByKind {
  kind: TransferKind
  lotNo: number
  credits: number
}

/** What the transfers of a range of sequence numbers moved, by kind and lot. */
export async function sumTransfers(
  db: Db,
  accountId: string,
  afterSeq: number,
  throughSeq: number,
): Promise<MovedByKind[]> {
  const rows = await readQuery<{ kind: TransferKind; lot_no: number; credits: string }>(
    db,
    `/* credits.sumTransfers */
     select kind, lot_no, sum(amount) as credits from credit_transfer
     where account_id = $1 and seq > $2 and seq <= $3 group by kind, lot_no`,
    [accountId, afterSeq, throughSeq],
  )
  return rows.map((row) => ({ kind: row.kind, lotNo: row.lot_no, credits: Number(row.credits) }))
}

export interface StoredBlock extends ChainBlock {
  prev: Buffer
  hash: Buffer
}

type BlockRow = Record<'block_no' | 'first_seq' | 'last_seq' | 'at_epoch' | 'actor', string> & {
  reason: string | null
  prev: Buffer
  hash: Buffer
}

/** One block with everything that its hash covers, for recomputing the hash elsewhere. */
export async function readBlock(db: Db, accountId: string, blockNo: number): Promise<StoredBlock | null> {
  const [row] = await readQuery<BlockRow>(
    db,
    `/* credits.readBlock */
     select block_no, first_seq, last_seq, actor, reason, extract(epoch from at)::numeric(20, 6)::text as at_epoch, prev, hash
     from ledger_block where account_id = $1 and block_no = $2`,
    [accountId, blockNo],
  )
  if (row === undefined) return null
  const transfers = await readTransfers(db, accountId, Number(row.first_seq), Number(row.last_seq))
  const granted = transfers.filter((transfer) => transfer.kind === 'grant').map((transfer) => transfer.lotNo)
  return {
    accountId,
    blockNo: Number(row.block_no),
    firstSeq: Number(row.first_seq),
    lastSeq: Number(row.last_seq),
    actor: row.actor,
    reason: row.reason,
    atEpoch: row.at_epoch,
    transfers,
    lots: granted.length === 0 ? [] : await readLotTerms(db, accountId, granted),
    prev: row.prev,
    hash: row.hash,
  }
}

async function readTransfers(
  db: Db,
  accountId: string,
  firstSeq: number,
  lastSeq: number,
): Promise<ChainTransfer[]> {
  const rows = await readQuery<{
    seq: string
    kind: TransferKind
    amount: string
    lot_no: number
    ref_seq: string | null
    attempt_id: string | null
    op_key: string | null
  }>(
    db,
    `/* credits.readTransfers */
     select seq, kind, amount, lot_no, ref_seq, attempt_id, op_key from credit_transfer
     where account_id = $1 and seq between $2 and $3 order by seq`,
    [accountId, firstSeq, lastSeq],
  )
  return rows.map((row) => ({
    seq: Number(row.seq),
    kind: row.kind,
    amountCredits: Number(row.amount),
    lotNo: row.lot_no,
    refSeq: numberOrNull(row.ref_seq),
    attemptId: row.attempt_id,
    opKey: row.op_key,
  }))
}

async function readLotTerms(db: Db, accountId: string, lotNos: readonly number[]): Promise<ChainLot[]> {
  const rows = await readQuery<{
    lot_no: number
    source: ChainLot['source']
    amount: string
    priority: number
    expires_at_epoch: string | null
    origin: string
  }>(
    db,
    `/* credits.readLotTerms */
     select lot_no, source, amount, priority, extract(epoch from expires_at)::numeric(20, 6)::text as expires_at_epoch, origin
     from credit_lot where account_id = $1 and lot_no = any ($2::int[]) order by lot_no`,
    [accountId, lotNos],
  )
  return rows.map((row) => ({
    lotNo: row.lot_no,
    source: row.source,
    amountCredits: Number(row.amount),
    priority: row.priority,
    expiresAtEpoch: row.expires_at_epoch,
    origin: row.origin,
  }))
}

/** A page of accounts in the order of their ids. */
export async function listLedgers(db: Db, afterAccountId: string | null, limit: number): Promise<string[]> {
  const rows = await readQuery<{ account_id: string }>(
    db,
    `/* credits.listLedgers */
     select account_id from credit_balance where $1::uuid is null or account_id > $1 order by account_id limit $2`,
    [afterAccountId, limit],
  )
  return rows.map((row) => row.account_id)
}
