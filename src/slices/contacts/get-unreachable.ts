import type { AccountId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import type { Tx } from '../../platform/db/transaction.js'
import { isMarkedUnreachable, listUnreachable, type UnreachableMark } from './store/unreachable-rows.js'

export type { UnreachableMark } from './store/unreachable-rows.js'

/** Of these numbers, those that cannot take texts, and why. */
export async function getUnreachable(
  db: Db,
  accountId: AccountId,
  phones: readonly string[],
): Promise<Map<string, UnreachableMark>> {
  const marks = await listUnreachable(db, accountId, phones)
  return new Map(marks.map((mark) => [mark.phone, mark]))
}

export function isUnreachable(tx: Tx, accountId: AccountId, phone: string): Promise<boolean> {
  return isMarkedUnreachable(tx, accountId, phone)
}
