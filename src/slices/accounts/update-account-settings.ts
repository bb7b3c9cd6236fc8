import type { AccountId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { AccountsDeps } from './accounts-deps.js'
import { updateSettings } from './store/accounts.js'

export interface AccountSettingsInput {
  accountId: AccountId
  /** Null leaves a setting as it is. */
  name: string | null
  allowedCountries: readonly string[] | null
}

export type UpdateAccountSettingsResult = { ok: true } | { ok: false; reason: 'not-found' | 'bad-country' }

const COUNTRIES_MAX = 250

/**
 * Changes an account's name or the countries that it may send to. A country that leaves the list is refused by the
 * gate from the next claim on. Refused when an entry is no two-letter country code.
 */
export async function updateAccountSettings(
  deps: AccountsDeps,
  input: AccountSettingsInput,
): Promise<UpdateAccountSettingsResult> {
  const countries = input.allowedCountries === null ? null : [...new Set(input.allowedCountries)].sort()
  const areCodes = countries?.every((country) => /^[A-Z]{2}$/.test(country)) ?? true
  if (!areCodes || (countries?.length ?? 0) > COUNTRIES_MAX) return { ok: false, reason: 'bad-country' }
  const { accountId, name } = input
  return inTransaction(deps.db, { name: 'accounts.updateSettings', accountId }, async (tx) => {
    const found = await updateSettings(tx, accountId, { name, allowedCountries: countries })
    return found ? { ok: true } : { ok: false, reason: 'not-found' }
  })
}
