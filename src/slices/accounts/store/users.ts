import { trustId, type UserId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'

export interface StoredUser {
  id: UserId
  email: string
  name: string
  passwordHash: string
  passwordIsOwn: boolean
  isPlatformAdmin: boolean
}

interface UserRow {
  id: string
  email: string
  name: string
  password_hash: string
  password_is_own: boolean
  is_platform_admin: boolean
}

const columns = 'id, email, name, password_hash, password_is_own, is_platform_admin'

function toUser(row: UserRow): StoredUser {
  return {
    id: trustId(row.id),
    email: row.email,
    name: row.name,
    passwordHash: row.password_hash,
    passwordIsOwn: row.password_is_own,
    isPlatformAdmin: row.is_platform_admin,
  }
}

/** False when the e-mail is taken. */
export async function insertUser(tx: Tx, user: StoredUser): Promise<boolean> {
  const rows = await tx.query(
    `/* accounts.insertUser */ insert into app_user (id, email, name, password_hash, password_is_own, is_platform_admin)
     values ($1, $2, $3, $4, $5, $6) on conflict (email) do nothing returning id`,
    [user.id, user.email, user.name, user.passwordHash, user.passwordIsOwn, user.isPlatformAdmin],
  )
  return rows.length === 1
}

export async function findUserByEmail(db: Db, email: string): Promise<StoredUser | null> {
  const [row] = await readQuery<UserRow>(
    db,
    `/* accounts.findUserByEmail */ select ${columns} from app_user where email = $1`,
    [email],
  )
  return row ? toUser(row) : null
}

export async function findUserById(db: Db, userId: UserId): Promise<StoredUser | null> {
  const [row] = await readQuery<UserRow>(
    db,
    `/* accounts.findUserById */ select ${columns} from app_user where id = $1`,
    [userId],
  )
  return row ? toUser(row) : null
}

/** Whether this is the person's password still; nobody changes it before the end of the transaction. */
export async function holdPassword(tx: Tx, userId: UserId, passwordHash: string): Promise<boolean> {
  const rows = await tx.query(
    `/* accounts.holdPassword */ select 1 from app_user where id = $1 and password_hash = $2 for share`,
    [userId, passwordHash],
  )
  return rows.length === 1
}

/** False when the old one is not the person's password any more. */
export async function updatePassword(
  tx: Tx,
  userId: UserId,
  { oldHash, newHash }: { oldHash: string; newHash: string },
): Promise<boolean> {
  const rows = await tx.query(
    `/* accounts.updatePassword */ update app_user set password_hash = $3, password_is_own = true
     where id = $1 and password_hash = $2 returning id`,
    [userId, oldHash, newHash],
  )
  return rows.length === 1
}
