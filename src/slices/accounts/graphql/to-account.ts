import { subscriptionAllowsSending } from '../domain/subscription-state.js'
import type { readAccount } from '../read-account.js'
import { AccountType } from './accounts.types.js'

type Account = NonNullable<Awaited<ReturnType<typeof readAccount>>>

export function toAccount(account: Account): AccountType {
  return Object.assign(new AccountType(), {
    ...account,
    maySend: account.sendingStoppedReason === null && subscriptionAllowsSending(account.subscriptionState),
  })
}
