import type { AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import type { Purpose } from './domain/contact.js'
import { readConsentStates } from './store/consent-rows.js'

/** How consent of a number stands in the caller's transaction, for each purpose; a purpose without a record is left out. */
export async function consentStanding(
  tx: Tx,
  accountId: AccountId,
  phone: string,
): Promise<Partial<Record<Purpose, 'granted' | 'revoked'>>> {
  const states = await readConsentStates(tx, accountId, [phone])
  return Object.fromEntries(states.map(({ purpose, granted }) => [purpose, granted ? 'granted' : 'revoked']))
}
