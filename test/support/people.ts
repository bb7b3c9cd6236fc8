import { randomBytes } from 'node:crypto'
import type { AccountId, UserId } from '../../src/kernel/ids.js'
import {
  addMember,
  createAccount,
  createApiKey,
  createPlatformAdmin,
  setSubscription,
  signIn,
  type AccountsDeps,
  type Role,
} from '../../src/slices/accounts/index.js'
import { waiveQuietHours } from '../../src/slices/messages/index.js'

export const testPassword = 'correct horse battery'

export interface Person {
  userId: UserId
  email: string
  /** Of an open session. */
  token: string
}

export interface TestAccount {
  accountId: AccountId
  owner: Person
}

/** An account with an owner who is signed in, and an active subscription; its texts go at any time of the day. */
export async function makeAccount(deps: AccountsDeps, name = 'Test account'): Promise<TestAccount> {
  const email = newEmail()
  const created = await createAccount(deps, { name, owner: { email, name: 'Owner', password: testPassword } })
  if (!created.ok) throw new Error(created.reason)
  await setSubscription(deps, { accountId: created.accountId, state: 'active' })
  await waiveQuietHours(deps, { accountId: created.accountId, waiver: 'a test', actor: 'test' })
  const owner = { userId: created.ownerId, email, token: await signInAs(deps, email) }
  return { accountId: created.accountId, owner }
}

/** Another member of the account, signed in. */
export async function makeMember(deps: AccountsDeps, accountId: AccountId, role: Role): Promise<Person> {
  const email = newEmail()
  const added = await addMember(deps, { accountId, email, name: `The ${role}`, role, password: testPassword })
  if (!added.ok) throw new Error(added.reason)
  return { userId: added.userId, email, token: await signInAs(deps, email) }
}

export async function makeAdmin(deps: AccountsDeps): Promise<Person> {
  const email = newEmail()
  const made = await createPlatformAdmin(deps, { email, name: 'Administrator', password: testPassword })
  if (!made.ok) throw new Error(made.reason)
  return { userId: made.userId, email, token: await signInAs(deps, email) }
}

export async function makeApiKey(
  deps: AccountsDeps,
  account: TestAccount,
  role: 'operator' | 'viewer' = 'operator',
): Promise<string> {
  const input = {
    accountId: account.accountId,
    createdBy: account.owner.userId,
    name: 'Key',
    role,
    expiresAt: null,
  }
  const created = await createApiKey(deps, input)
  if (!created.ok) throw new Error(created.reason)
  return created.key
}

export async function signInAs(deps: AccountsDeps, email: string, password = testPassword): Promise<string> {
  const result = await signIn(deps, {
    email,
    password,
    clientAddress: `test-${randomBytes(4).toString('hex')}`,
  })
  if (!result.ok) throw new Error(result.reason)
  return result.token
}

export function newEmail(): string {
  return `person-${randomBytes(6).toString('hex')}@example.test`
}

/**
 * Runs calls in one session of this person, and in a new one after a call has ended it: some fields of the API do.
 * `isRefused` tells from an answer that the session was over already.
 */
export function sessionRunner(
  deps: AccountsDeps,
  email: string,
): <Answer>(
  call: (token: string) => Promise<Answer>,
  isRefused: (answer: Answer) => boolean,
) => Promise<Answer> {
  let token: string | null = null
  return async (call, isRefused) => {
    token ??= await signInAs(deps, email)
    const answer = await call(token)
    if (!isRefused(answer)) return answer
    token = await signInAs(deps, email)
    return call(token)
  }
}
