import type { AccountId } from '../../kernel/ids.js'
import type { AccountsDeps } from './accounts-deps.js'
import { switchSending, type SwitchSendingResult } from './switch-sending.js'

/**
 * The kill switch of one account. When this returns, no later claim or authorisation passes for the account: the update
 * waits for the batch that holds the control row and every later batch reads the new row. What was authorised before
 * may still reach the carrier within its deadline. Refused only for an unknown account.
 */
export async function stopAccount(
  deps: AccountsDeps,
  input: { accountId: AccountId; reason: string; actor?: string | undefined },
): Promise<SwitchSendingResult> {
  return switchSending(deps, input.accountId, { reason: input.reason, actor: input.actor ?? null })
}
