import { createHash } from 'node:crypto'
import type { Random } from '../../kernel/random.js'
import type { Db } from '../../platform/db/data-source.js'
import { blockText } from './domain/chain-text.js'
import { RecomputedBalance } from './domain/recomputed-balance.js'
import {
  checkBlocks,
  listLedgers,
  readAnchor,
  readBlock,
  sumTransfers,
  type CheckedBlock,
  type LedgerAnchor,
} from './store/chain.js'

export interface VerifyDeps {
  db: Db
  random: Random
}

export interface LedgerVerdict {
  accountId: string
  blocks: number
  transfers: number
  /** The hash of the newest block. Kept elsewhere, it proves later that history was not rewritten as a whole. */
  headHex: string
  /** The first thing that is not as it was written, in words; null for an untouched ledger. */
  divergence: string | null
}

/** Blocks whose hash is computed a second time, in this process. */
const SAMPLE_BLOCKS = 20
const BLOCKS_PER_READ = 200
const ACCOUNTS_PER_READ = 200
const GENESIS = Buffer.from([0])

/**
 * Proves one account's ledger: blocks and transfers without gaps, each block linked to the one before it, every hash
 * recomputed (in the database over all blocks, and independently here over the first, the last and some at random), the
 * head of the chain, and balances and lots counted up from zero. Reads only, in bounded pieces; safe while credits move.
 */
export async function verifyLedger(deps: VerifyDeps, accountId: string): Promise<LedgerVerdict> {
  const anchor = await readAnchor(deps.db, accountId)
  const counted = new RecomputedBalance()
  const divergence =
    describeAnchor(anchor) ??
    (await walkChain(deps.db, anchor, counted)) ??
    (await recomputeSample(deps, anchor)) ??
    counted.differenceFrom(anchor)
  return {
    accountId,
    blocks: anchor.blockNo,
    transfers: anchor.seq,
    headHex: anchor.head.toString('hex'),
    divergence,
  }
}

/** Verdicts on all ledgers, one account at a time. */
export async function* verifyAllLedgers(deps: VerifyDeps): AsyncGenerator<LedgerVerdict> {
  for (let after: string | null = null; ;) {
    const accountIds: string[] = await listLedgers(deps.db, after, ACCOUNTS_PER_READ)
    for (const accountId of accountIds) yield await verifyLedger(deps, accountId)
    after = accountIds.at(-1) ?? null
    if (accountIds.length < ACCOUNTS_PER_READ) return
  }
}

function describeAnchor(anchor: LedgerAnchor): string | null {
  const { seq, blockNo } = anchor
  if ((anchor.lastSeq ?? 0) > seq)
    return `transfer ${String(anchor.lastSeq)} is behind the end of the ledger, ${String(seq)}`
  if ((anchor.firstSeq ?? 1) < 1)
    return `transfer ${String(anchor.firstSeq)} is before the beginning of the ledger`
  if ((anchor.lastBlockNo ?? 0) > blockNo) {
    return `block ${String(anchor.lastBlockNo)} is behind the end of the chain, ${String(blockNo)}`
  }
  return null
}

/** Follows the blocks from the first to the last and counts what their transfers moved. */
async function walkChain(db: Db, anchor: LedgerAnchor, counted: RecomputedBalance): Promise<string | null> {
  const { accountId } = anchor
  let last: ChainEnd = { blockNo: 0, lastSeq: 0, hash: GENESIS }
  while (last.blockNo < anchor.blockNo) {
    const throughBlockNo = Math.min(last.blockNo + BLOCKS_PER_READ, anchor.blockNo)
    const firstSeq = last.lastSeq
    const blocks = await checkBlocks(db, { accountId, afterBlockNo: last.blockNo, throughBlockNo })
    for (const block of blocks) {
      const fault = faultOf(block, last)
      if (fault !== null) return fault
      last = block
    }
    if (last.blockNo < throughBlockNo) return `block ${String(last.blockNo + 1)} is missing`
    for (const moved of await sumTransfers(db, accountId, firstSeq, last.lastSeq)) counted.add(moved)
  }
  if (last.lastSeq !== anchor.seq) {
    return `the chain ends at transfer ${String(last.lastSeq)}, the balance at ${String(anchor.seq)}`
  }
  return last.hash.equals(anchor.head)
    ? null
    : `the head of the chain is not the hash of block ${String(last.blockNo)}`
}

type ChainEnd = Pick<CheckedBlock, 'blockNo' | 'lastSeq' | 'hash'>

function faultOf(block: CheckedBlock, before: ChainEnd): string | null {
  const name = `block ${String(block.blockNo)}`
  const span = `${String(block.firstSeq)} to ${String(block.lastSeq)}`
  if (block.blockNo !== before.blockNo + 1) return `block ${String(before.blockNo + 1)} is missing`
  if (block.firstSeq !== before.lastSeq + 1) {
    return `${name} begins at transfer ${String(block.firstSeq)} instead of ${String(before.lastSeq + 1)}`
  }
  if (!block.prev.equals(before.hash)) return `${name} is not linked to the block before it`
  if (block.transfers !== block.lastSeq - block.firstSeq + 1)
    return `${name} has lost some of its transfers ${span}`
  if (!block.hashIsRight) {
    return `the hash of ${name} is not that of its content: the block, one of its transfers ${span}, or a lot granted by it was changed`
  }
  return null
}

async function recomputeSample({ db, random }: VerifyDeps, anchor: LedgerAnchor): Promise<string | null> {
  const { accountId, blockNo } = anchor
  const sample = new Set<number>(blockNo > 0 ? [1, blockNo] : [])
  while (sample.size < Math.min(SAMPLE_BLOCKS, blockNo)) sample.add(1 + Math.floor(random.next() * blockNo))
  for (const sampled of sample) {
    const block = await readBlock(db, accountId, sampled)
    if (block === null) return `block ${String(sampled)} is missing`
    const hash = createHash('sha256').update(block.prev).update(blockText(block)).digest()
    if (!hash.equals(block.hash))
      return `the hash of block ${String(sampled)} was not computed from its content`
  }
  return null
}
