import type { AccountId } from '../../../kernel/ids.js'
import type { Db } from '../../../platform/db/data-source.js'
import { readQuery, type Tx } from '../../../platform/db/transaction.js'
import { defaultSettings, type NotificationSettings } from '../domain/settings.js'

const SELECT = 'select settings from notification_settings where account_id = $1'

type Row = { settings: NotificationSettings } | undefined

function toSettings(row: Row): NotificationSettings {
  return { ...defaultSettings, ...row?.settings }
}

export async function findSettings(db: Db, accountId: AccountId): Promise<NotificationSettings> {
  const [row] = await readQuery<NonNullable<Row>>(db, `/* appointments.findSettings */ ${SELECT}`, [
    accountId,
  ])
  return toSettings(row)
}

export async function readSettings(tx: Tx, accountId: AccountId): Promise<NotificationSettings> {
  const [row] = await tx.query<NonNullable<Row>>(`/* appointments.readSettings */ ${SELECT}`, [accountId])
  return toSettings(row)
}

export async function writeSettings(
  tx: Tx,
  accountId: AccountId,
  change: { settings: NotificationSettings; actor: string; now: Date },
): Promise<void> {
  await tx.query(
    `/* appointments.writeSettings */
     insert into notification_settings (account_id, settings, changed_by, changed_at) values ($1, $2, $3, $4)
     on conflict (account_id) do update set settings = excluded.settings, changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
    [accountId, JSON.stringify(change.settings), change.actor, change.now],
  )
}
