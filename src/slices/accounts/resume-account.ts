import type { AccountId } from '../../kernel/ids.js'
import type { AccountsDeps } from './accounts-deps.js'
import { switchSending, type SwitchSendingResult } from './switch-sending.js'

/**
 * Takes an account's stop back. Campaigns that were paused because of it stay paused until somebody resumes them.
 * Refused only for an unknown account.
 */
export async function resumeAccount(
  deps: AccountsDeps,
  accountId: AccountId,
  actor: string | null = null,
): Promise<SwitchSendingResult> {
  return switchSending(deps, accountId, { reason: null, actor })
}
