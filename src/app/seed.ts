import type { AccountId, UserId } from '../kernel/ids.js'
import {
  addMember,
  createAccount,
  createPlatformAdmin,
  listAccounts,
  listMembers,
  setSubscription,
  type AccountsDeps,
  type Role,
} from '../slices/accounts/index.js'
import { readAccountHours, waiveQuietHours } from '../slices/messages/index.js'

/** Whoever tries the demo at night sees texts go out; none of them reaches anybody. */
const DEMO_WAIVER = 'Demonstration account: its people are invented, and no text of it reaches anybody.'

/**
 * For the local demo only: everybody can read these, so a start that other machines can reach must not seed them.
 * Long enough for the rules that hold for every password.
 */
export const demoPassword = 'open-the-gate-please'

export interface DemoPerson {
  readonly email: string
  readonly name: string
  readonly role: Role | 'platform administrator'
  readonly account: string | null
}

export const demoPeople = [
  { email: 'owner@acme.example', name: 'Ada Acme', role: 'owner', account: 'Acme Fitness' },
  { email: 'operator@acme.example', name: 'Otto Acme', role: 'operator', account: 'Acme Fitness' },
  { email: 'viewer@acme.example', name: 'Vera Acme', role: 'viewer', account: 'Acme Fitness' },
  { email: 'owner@bright.example', name: 'Bea Bright', role: 'owner', account: 'Bright Dental' },
  { email: 'admin@tollgate.example', name: 'Pat Platform', role: 'platform administrator', account: null },
] as const satisfies readonly DemoPerson[]

export interface DemoSeed {
  readonly acme: AccountId
  readonly bright: AccountId
  /** False when everything was there already. */
  readonly isNew: boolean
}

/**
 * The demo's people and accounts, both with an active subscription. Safe to run again, also after a run that was cut
 * short: each step is skipped when its result is there. Other slices add contacts and credits through their use cases.
 */
export async function seedDemo(deps: AccountsDeps): Promise<DemoSeed> {
  const admin = demoPeople[4]
  const made = await createPlatformAdmin(deps, {
    email: admin.email,
    name: admin.name,
    password: demoPassword,
  })
  const acme = await seedAccount(deps, demoPeople[0])
  const bright = await seedAccount(deps, demoPeople[3])
  for (const { email, name, role } of [demoPeople[1], demoPeople[2]]) {
    await addMember(deps, { accountId: acme.accountId, email, name, role, password: demoPassword })
  }
  return { acme: acme.accountId, bright: bright.accountId, isNew: made.ok || acme.isNew || bright.isNew }
}

async function seedAccount(
  deps: AccountsDeps,
  owner: { email: string; name: string; account: string },
): Promise<{ accountId: AccountId; isNew: boolean }> {
  const created = await createAccount(deps, {
    name: owner.account,
    owner: { email: owner.email, name: owner.name, password: demoPassword },
  })
  const accountId = created.ok ? created.accountId : await findDemoAccount(deps, owner)
  await setSubscription(deps, { accountId, state: 'active' })
  const hours = await readAccountHours(deps.db, accountId)
  if (hours?.rules.waiver == null)
    await waiveQuietHours(deps, { accountId, waiver: DEMO_WAIVER, actor: 'seed' })
  return { accountId, isNew: created.ok }
}

/** The account of that name whose owner is the demo's owner. */
async function findDemoAccount(
  deps: AccountsDeps,
  owner: { email: string; account: string },
): Promise<AccountId> {
  let after: readonly [string] | null = null
  for (;;) {
    const accounts = await listAccounts(deps, { limit: 200, after })
    for (const account of accounts.filter(({ name }) => name === owner.account)) {
      if (await hasMember(deps, account.id, owner.email)) return account.id
    }
    const last: { id: AccountId } | undefined = accounts.at(-1)
    if (last === undefined) throw new Error(`${owner.email} exists and owns no account ${owner.account}`)
    after = [last.id]
  }
}

async function hasMember(deps: AccountsDeps, accountId: AccountId, email: string): Promise<boolean> {
  const members: { userId: UserId; email: string }[] = await listMembers(deps, accountId, {
    limit: 200,
    after: null,
  })
  return members.some((member) => member.email === email)
}
