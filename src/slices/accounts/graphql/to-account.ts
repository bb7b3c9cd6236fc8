import type { readAccount } from '../read-account.js'
import { AccountType } from './accounts.types.js'

type Account = NonNullable<Awaited<ReturnType<typeof readAccount>>>

export function toAccount({ stops, ...account }: Account): AccountType {
  return Object.assign(new AccountType(), { ...account, maySend: stops.length === 0, sendingStops: stops })
}
