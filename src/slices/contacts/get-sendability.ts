import type { AccountId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import { purposes } from './domain/contact.js'
import { describeSendability, type Sendability } from './domain/sendability.js'
import { listConsentStates } from './store/consent-rows.js'

/** For each number, whether consent allows texts of each purpose, in words. Numbers without any record are included. */
export async function getSendability(
  db: Db,
  accountId: AccountId,
  phones: readonly string[],
): Promise<Map<string, Sendability[]>> {
  const states = await listConsentStates(db, accountId, phones)
  return new Map(
    phones.map((phone) => [
      phone,
      purposes.map((purpose) =>
        describeSendability(
          purpose,
          states.find((state) => state.phone === phone && state.purpose === purpose),
        ),
      ),
    ]),
  )
}
