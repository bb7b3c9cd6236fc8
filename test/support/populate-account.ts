import type { AppContext } from '../../src/app/app-context.js'
import { makeAccount, makeApiKey, makeMember, type TestAccount } from './people.js'

/**
 * An account with at least one of everything, made through the use cases. The walk over the schema tries to reach all
 * of it from another account: whoever adds a thing that accounts own adds one here.
 */
export async function makePopulatedAccount(app: AppContext, name: string): Promise<TestAccount> {
  const account = await makeAccount(app, name)
  await makeMember(app, account.accountId, 'operator')
  await makeApiKey(app, account)
  return account
}
