import type { LotSource } from './credit-lot.js'
import type { TransferKind } from './transfer-kind.js'

/**
 * The text that the hash of a ledger block covers, written a second time and independently of the database's functions
 * transfer_text, lot_text and block_hash: a verification that asked the accused would prove little.
 */
export interface ChainTransfer {
  seq: number
  kind: TransferKind
  amountCredits: number
  lotNo: number
  refSeq: number | null
  attemptId: string | null
  opKey: string | null
}

export interface ChainLot {
  lotNo: number
  source: LotSource
  amountCredits: number
  priority: number
  /** Seconds since 1970 with six decimals, because a JavaScript Date has no microseconds. */
  expiresAtEpoch: string | null
  origin: string
}

export interface ChainBlock {
  accountId: string
  blockNo: number
  firstSeq: number
  lastSeq: number
  actor: string
  reason: string | null
  atEpoch: string
  transfers: readonly ChainTransfer[]
  /** The lots that this block grants. */
  lots: readonly ChainLot[]
}

/** As Postgres quotes a literal: doubled quotes, and doubled backslashes behind an E. */
export function quoteLiteral(text: string): string {
  const quoted = `'${text.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`
  return text.includes('\\') ? `E${quoted}` : quoted
}

const orDash = (text: string | null): string => (text === null ? '-' : quoteLiteral(text))

function transferText(transfer: ChainTransfer): string {
  const { seq, kind, amountCredits, lotNo, refSeq, attemptId, opKey } = transfer
  return [seq, kind, amountCredits, lotNo, refSeq ?? '-', attemptId ?? '-', orDash(opKey)].join('|')
}

function lotText(lot: ChainLot): string {
  const { lotNo, source, amountCredits, priority, expiresAtEpoch, origin } = lot
  return ['lot', lotNo, source, amountCredits, priority, expiresAtEpoch ?? '-', quoteLiteral(origin)].join(
    '|',
  )
}

export function blockText(block: ChainBlock): string {
  const { accountId, blockNo, firstSeq, lastSeq, actor, reason, atEpoch } = block
  const head = [accountId, blockNo, firstSeq, lastSeq, quoteLiteral(actor), orDash(reason), atEpoch].join('|')
  return [head, ...block.transfers.map(transferText), ...block.lots.map(lotText)].join('\n')
}
