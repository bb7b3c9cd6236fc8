import type { AccountId, ApiKeyId, UserId } from '../../kernel/ids.js'
import type { Role } from '../../platform/access/viewer.js'
import type { AccountsDeps } from './accounts-deps.js'
import { findAccount, listAccountsAfter, listAccountsOfUser, type Account } from './store/accounts.js'
import { readPlatformStop } from './store/controls.js'
import { findApiKey, listApiKeysAfter, type ApiKey } from './store/api-keys.js'
import { listRegistered, type RegisteredOperation } from './store/registered-operations.js'
import { findMember, listMembersAfter, type Member } from './store/memberships.js'
import { findUserById } from './store/users.js'

type ReadDeps = Pick<AccountsDeps, 'db'>

/** One page of a list; `limit` rows at most, after the key of the page before. */
export interface PageAfter {
  readonly limit: number
  readonly after: readonly [string] | null
}

function pageOf(page: PageAfter): { limit: number; after: string | null } {
  return { limit: page.limit, after: page.after?.[0] ?? null }
}

export async function readAccount(deps: ReadDeps, accountId: AccountId): Promise<Account | null> {
  return findAccount(deps.db, accountId)
}

/** All accounts, newest first. For administrators. */
export async function listAccounts(deps: ReadDeps, page: PageAfter): Promise<Account[]> {
  return listAccountsAfter(deps.db, pageOf(page))
}

export async function readMember(
  deps: ReadDeps,
  accountId: AccountId,
  userId: UserId,
): Promise<Member | null> {
  return findMember(deps.db, accountId, userId)
}

export async function listMembers(deps: ReadDeps, accountId: AccountId, page: PageAfter): Promise<Member[]> {
  return listMembersAfter(deps.db, accountId, pageOf(page))
}

export async function readApiKey(
  deps: ReadDeps,
  accountId: AccountId,
  apiKeyId: ApiKeyId,
): Promise<ApiKey | null> {
  return findApiKey(deps.db, accountId, apiKeyId)
}

/** Newest first, revoked ones included. */
export async function listApiKeys(deps: ReadDeps, accountId: AccountId, page: PageAfter): Promise<ApiKey[]> {
  return listApiKeysAfter(deps.db, accountId, pageOf(page))
}

/** What keys of partners may run, by key and name. Keys of other accounts are left out. */
export async function listOperations(
  deps: ReadDeps,
  accountId: AccountId,
  apiKeyIds: readonly string[],
): Promise<ReadonlyMap<string, RegisteredOperation[]>> {
  const rows = await listRegistered(deps.db, accountId, apiKeyIds)
  return new Map(apiKeyIds.map((id) => [id, rows.filter(({ apiKeyId }) => apiKeyId === id)]))
}

export interface Profile {
  userId: UserId
  email: string
  name: string
  accounts: { id: AccountId; name: string; role: Role }[]
}

/** A person and the accounts that they are a member of. */
export async function readProfile(deps: ReadDeps, userId: UserId): Promise<Profile | null> {
  const user = await findUserById(deps.db, userId)
  if (user === null) return null
  const accounts = await listAccountsOfUser(deps.db, userId)
  return { userId, email: user.email, name: user.name, accounts }
}

/** Why the whole platform sends nothing, or null while it may send. */
export async function readPlatformStopReason(deps: ReadDeps): Promise<string | null> {
  return readPlatformStop(deps.db)
}
