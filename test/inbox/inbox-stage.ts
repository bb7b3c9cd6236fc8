import { newId, type AccountId } from '../../src/kernel/ids.js'
import { silentLogger } from '../../src/platform/observability/logger.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { applyInboundTexts, type InboxHook } from '../../src/slices/inbox/index.js'
import { createInbox } from '../../src/slices/webhooks/index.js'
import { aSendingAccount, theyAgree } from '../support/builders/messages.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { fixedClock, type FixedClock } from '../support/fixed-clock.js'

/** The inbox on a database of its own, at a time that stands still, with texts put straight into the store of webhooks. */
export interface InboxStage extends TestDatabase {
  clock: FixedClock
  /** Told of by the texts that are applied from now on. */
  hooks: InboxHook[]
  /** A text from a phone, stored and applied. Returns its carrier id. */
  text(from: string, body: string, more?: Record<string, string>): Promise<string>
  /** Stored, and not applied. */
  post(from: string, body: string, more?: Record<string, string>): Promise<string>
  apply(): Promise<void>
  rows<Row>(sql: string, params?: readonly unknown[]): Promise<Row[]>
}

export const SENDER = '+15005550006'

export async function inboxStage(start = '2026-03-02T15:00:00Z'): Promise<InboxStage> {
  const database = await createTestDatabase()
  const clock = fixedClock(start)
  const webhooks = createInbox(database.db)
  const stage: InboxStage = {
    ...database,
    clock,
    hooks: [],
    rows: (sql, params = []) => readQuery(database.db, `/* test */ ${sql}`, params),
    post: async (from, body, more = {}) => {
      const sid = more['MessageSid'] ?? `SM${newId().replaceAll('-', '')}`
      await webhooks.store({
        provider: 'twilio.inbound',
        route: '',
        dedupeKey: more['dedupeKey'] ?? sid,
        params: { MessageSid: sid, From: from, To: SENDER, Body: body, ...more },
      })
      return sid
    },
    apply: async () => {
      await applyInboundTexts({ db: database.db, clock, log: silentLogger, hooks: stage.hooks })
    },
    text: async (from, body, more) => {
      const sid = await stage.post(from, body, more)
      await stage.apply()
      return sid
    },
  }
  return stage
}

/** An account that may send, which these people have agreed to be texted by. */
export async function anAccountKnowing(
  stage: InboxStage,
  phones: readonly string[],
  purposes: readonly ('marketing' | 'transactional')[] = ['marketing', 'transactional'],
): Promise<AccountId> {
  const accountId = await aSendingAccount(stage.db, 1_000)
  for (const purpose of purposes) await theyAgree(stage.db, accountId, phones, purpose)
  return accountId
}

/** Texts that the inbox wrote, oldest first. */
export async function writtenBy(
  stage: InboxStage,
  accountId: AccountId,
): Promise<{ kind: string; body: string; purpose: string; state: string; expires_at: Date }[]> {
  return stage.rows(
    `select c.kind, b.body, m.purpose, m.state, m.expires_at from conversation_message c join message m on m.id = c.message_id
     join message_body b on b.message_id = m.id where c.account_id = $1 order by m.id`,
    [accountId],
  )
}

export async function standing(stage: InboxStage, accountId: AccountId, phone: string): Promise<string> {
  const rows = await stage.rows<{ purpose: string; granted: boolean }>(
    'select purpose, granted from consent where account_id = $1 and phone = $2 order by purpose',
    [accountId, phone],
  )
  return rows.map((row) => `${row.purpose}:${row.granted ? 'yes' : 'no'}`).join(' ')
}
