import { trustId, type AccountId, type UserId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import type { MembershipState } from '../domain/membership-change.js'
import type { Role } from '../domain/role.js'

export interface Member {
  userId: UserId
  email: string
  name: string
  role: Role
  memberSince: Date
}

interface MemberRow {
  user_id: string
  email: string
  name: string
  role: Role
  created_at: Date
}

const memberColumns = 'm.user_id, u.email, u.name, m.role, m.created_at'

function toMember(row: MemberRow): Member {
  return {
    userId: trustId(row.user_id),
    email: row.email,
    name: row.name,
    role: row.role,
    memberSince: row.created_at,
  }
}

/** False when this person is a member already. */
export async function insertMembership(
  tx: Tx,
  membership: { accountId: AccountId; userId: UserId; role: Role },
): Promise<boolean> {
  const rows = await tx.query(
    `/* accounts.insertMembership */ insert into membership (account_id, user_id, role) values ($1, $2, $3)
     on conflict do nothing returning user_id`,
    [membership.accountId, membership.userId, membership.role],
  )
  return rows.length === 1
}

export async function readMembership(
  tx: Tx,
  accountId: AccountId,
  userId: UserId,
): Promise<MembershipState | null> {
  const [row] = await tx.query<{ role: Role; owners: number }>(
    `/* accounts.readMembership */ select role,
       (select count(*)::int from membership o where o.account_id = m.account_id and o.role = 'owner') as owners
     from membership m where account_id = $1 and user_id = $2 for update`,
    [accountId, userId],
  )
  return row ? { role: row.role, ownerCount: row.owners } : null
}

export async function updateRole(tx: Tx, accountId: AccountId, userId: UserId, role: Role): Promise<void> {
  await tx.query(
    `/* accounts.updateRole */ update membership set role = $3 where account_id = $1 and user_id = $2`,
    [accountId, userId, role],
  )
}

export async function deleteMembership(tx: Tx, accountId: AccountId, userId: UserId): Promise<void> {
  await tx.query(
    `/* accounts.deleteMembership */ delete from membership where account_id = $1 and user_id = $2`,
    [accountId, userId],
  )
}

export async function findMember(db: Db, accountId: AccountId, userId: UserId): Promise<Member | null> {
  const [row] = await readQuery<MemberRow>(
    db,
    `/* accounts.findMember */ select ${memberColumns} from membership m join app_user u on u.id = m.user_id
     where m.account_id = $1 and m.user_id = $2`,
    [accountId, userId],
  )
  return row ? toMember(row) : null
}

export async function listMembersAfter(
  db: Db,
  accountId: AccountId,
  page: { limit: number; after: string | null },
): Promise<Member[]> {
  const rows = await readQuery<MemberRow>(
    db,
    `/* accounts.listMembers */ select ${memberColumns} from membership m join app_user u on u.id = m.user_id
     where m.account_id = $1 and ($2::uuid is null or m.user_id > $2) order by m.user_id limit $3`,
    [accountId, page.after, page.limit],
  )
  return rows.map(toMember)
}
