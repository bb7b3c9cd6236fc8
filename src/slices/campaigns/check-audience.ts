import type { AccountId } from '../../kernel/ids.js'
import type { CampaignDeps } from './campaign-deps.js'
import { readAudience, type Audience, type AudienceInput } from './domain/audience.js'
import { hasImport } from './store/audience.js'

export type AudienceCheck =
  { ok: true; audience: Audience } | { ok: false; reason: 'audience-invalid' | 'import-unknown' }

/** Reads an audience, and refuses one from an import that the account does not have: it would be nobody. */
export async function checkAudience(
  deps: Pick<CampaignDeps, 'db'>,
  accountId: AccountId,
  input: AudienceInput,
): Promise<AudienceCheck> {
  const audience = readAudience(input)
  if (audience === null) return { ok: false, reason: 'audience-invalid' }
  if (audience.importId !== undefined && !(await hasImport(deps.db, accountId, audience.importId)))
    return { ok: false, reason: 'import-unknown' }
  return { ok: true, audience }
}
