import { systemClock } from '../../src/kernel/clock.js'
import { newId, type AccountId, type ContactId } from '../../src/kernel/ids.js'
import type { Db } from '../../src/platform/db/data-source.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import {
  createAccount,
  createPlatformAdmin,
  setSubscription,
  signIn,
  updateAccountSettings,
} from '../../src/slices/accounts/index.js'
import { waiveQuietHours } from '../../src/slices/messages/index.js'
import { cast, TAGS, type Role } from './cast.js'

export interface StormAccount extends Role {
  accountId: AccountId
  /** The owner's session. */
  token: string
  phones: readonly string[]
}

export interface People {
  accounts: readonly StormAccount[]
  /** The platform administrator's session. */
  adminToken: string
}

const password = 'storms-pass-and-ledgers-stay'
const FIRST_NUMBER = 2_025_550_000

/** Accounts with owners, contacts and their consents. The fence must have been proved: some of them choose P1. */
export async function openAccounts(db: Db): Promise<People> {
  const deps = { db, clock: systemClock, sessionSecret: 'only-for-the-storm' }
  const admin = { email: 'admin@storm.example', name: 'Administrator', password }
  await createPlatformAdmin(deps, admin)
  const accounts: StormAccount[] = []
  let number = FIRST_NUMBER
  for (const [index, role] of cast.entries()) {
    const email = `owner-${index}@storm.example`
    const created = await createAccount(deps, { name: role.name, owner: { email, name: 'Owner', password } })
    if (!created.ok) throw new Error(`no account: ${created.reason}`)
    const { accountId } = created
    await setSubscription(deps, { accountId, state: 'active' })
    await waiveQuietHours(deps, { accountId, waiver: 'A storm over invented people.', actor: 'storm' })
    const chosen = { accountId, name: null, allowedCountries: null, reserveCredits: null }
    const settled = await updateAccountSettings(deps, {
      ...chosen,
      unknownPolicy: role.policy,
      singleUnknownPolicy: role.policy,
    })
    if (!settled.ok) throw new Error(`no policy: ${settled.reason}`)
    const phones = Array.from({ length: role.people }, () => `+1${number++}`)
    await addPeople(db, accountId, phones)
    accounts.push({ ...role, accountId, phones, token: await open(email) })
  }
  return { accounts, adminToken: await open(admin.email) }

  async function open(email: string): Promise<string> {
    const session = await signIn(deps, { email, password, clientAddress: 'storm' })
    if (!session.ok) throw new Error(`no session: ${session.reason}`)
    return session.token
  }
}

async function addPeople(db: Db, accountId: AccountId, phones: readonly string[]): Promise<void> {
  const ids = phones.map(() => newId<ContactId>())
  await readQuery(
    db,
    `insert into contact (id, account_id, phone, country, number_type, first_name, tags, attributes, created_at, updated_at)
     select id, $1, phone, 'US', 'mobile', 'P' || n, array['t' || (n % $4)], '{}', now(), now()
     from unnest($2::uuid[], $3::text[]) with ordinality as p (id, phone, n)`,
    [accountId, ids, phones, TAGS],
  )
  await readQuery(
    db,
    `insert into consent_event (account_id, phone, purpose, action, level, method, occurred_at, recorded_at)
     select $1, phone, purpose, 'grant', 'written', 'import', now(), now()
     from unnest($2::text[]) as p (phone), (values ('marketing'), ('transactional')) as u (purpose)`,
    [accountId, phones],
  )
}
