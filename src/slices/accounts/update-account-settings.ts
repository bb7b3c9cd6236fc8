import type { AccountId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import type { AccountsDeps } from './accounts-deps.js'
import { changedSettings } from './domain/changed-settings.js'
import { insertSettingsChange } from './store/account-changes.js'
import { readSettings, updateSettings } from './store/accounts.js'
import { isFenceProved } from './store/controls.js'

export interface AccountSettingsInput {
  accountId: AccountId
  /** Null leaves a setting as it is. */
  name: string | null
  allowedCountries: readonly string[] | null
  /** For texts of campaigns. P1 needs a carrier that was shown to refuse late requests (`npm run doctor`). */
  unknownPolicy: 'P0' | 'P1' | null
  /** The same for texts outside campaigns: appointments and the like. */
  singleUnknownPolicy: 'P0' | 'P1' | null
  /** Credits that campaigns leave for appointment messages. */
  reserveCredits: number | null
  /** Who does it, for the history; the program itself unless told. */
  actor?: string | undefined
}

export type UpdateAccountSettingsResult =
  { ok: true } | { ok: false; reason: 'not-found' | 'bad-country' | 'fence-not-proved' | 'bad-reserve' }

const COUNTRIES_MAX = 250
const RESERVE_CREDITS_MAX = 1_000_000_000

/**
 * Changes an account's name or the countries that it may send to. A country that leaves the list is refused by the
 * gate from the next claim on. Refused when an entry is no two-letter country code, or when
 * policy P1 is asked for while nobody has shown that the carrier refuses late requests.
 */
export async function updateAccountSettings(
  deps: AccountsDeps,
  input: AccountSettingsInput,
): Promise<UpdateAccountSettingsResult> {
  const countries = input.allowedCountries === null ? null : [...new Set(input.allowedCountries)].sort()
  const areCodes = countries?.every((country) => /^[A-Z]{2}$/.test(country)) ?? true
  if (!areCodes || (countries?.length ?? 0) > COUNTRIES_MAX) return { ok: false, reason: 'bad-country' }
  const { accountId, name, unknownPolicy, singleUnknownPolicy, reserveCredits } = input
  const isReserve =
    reserveCredits === null ||
    (Number.isInteger(reserveCredits) && reserveCredits >= 0 && reserveCredits <= RESERVE_CREDITS_MAX)
  if (!isReserve) return { ok: false, reason: 'bad-reserve' }
  return inTransaction(deps.db, { name: 'accounts.updateSettings', accountId }, async (tx) => {
    const wantsP1 = unknownPolicy === 'P1' || singleUnknownPolicy === 'P1'
    if (wantsP1 && !(await isFenceProved(tx))) return { ok: false, reason: 'fence-not-proved' }
    const settings = { name, allowedCountries: countries, unknownPolicy, singleUnknownPolicy, reserveCredits }
    const before = await readSettings(tx, accountId)
    if (before === null) return { ok: false, reason: 'not-found' }
    await updateSettings(tx, accountId, settings)
    const changed = changedSettings(before, (await readSettings(tx, accountId)) ?? before)
    const done = { actor: input.actor ?? null, at: deps.clock.now().toJSDate() }
    if (Object.keys(changed).length > 0) await insertSettingsChange(tx, accountId, { changed, ...done })
    return { ok: true }
  })
}
