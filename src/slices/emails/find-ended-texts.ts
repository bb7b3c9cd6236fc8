import type { AccountId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { readEvents } from '../../platform/realtime/event-log.js'
import { whyEmail } from './domain/why-email.js'
import type { EmailDeps } from './email-deps.js'
import { insertWaiting } from './store/email-rows.js'
import { readEnded } from './store/ended-texts.js'
import { moveWatermark, readBehind, type Watermark } from './store/setting-rows.js'

const ACCOUNTS_MAX = 100
const EVENTS_PER_LOOK = 500
/** For one account in one run; the next run goes on. */
const LOOKS_MAX = 20

/**
 * Follows the event logs of the accounts that want it, and writes an e-mail for each text that ended without arriving and
 * may be followed by one (`domain/why-email.ts`). A log has no gaps and is in the order of commits, so no end is missed, and
 * looking twice writes nothing twice: an e-mail is its text's, and the watermark moves in the same transaction. What it
 * reads it reads outside of transactions, so that nothing that sends ever waits for it. Returns how many were looked at.
 */
export async function findEndedTexts(deps: Pick<EmailDeps, 'db' | 'clock'>): Promise<number> {
  let seen = 0
  for (const watermark of await readBehind(deps.db, ACCOUNTS_MAX)) seen += await follow(deps, watermark)
  return seen
}

async function follow(
  deps: Pick<EmailDeps, 'db' | 'clock'>,
  { accountId, throughSeq }: Watermark,
): Promise<number> {
  let seen = 0
  let afterSeq = throughSeq
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    const events = await readEvents(deps.db, { accountId, afterSeq, limit: EVENTS_PER_LOOK })
    const last = events.at(-1)
    if (last === undefined) return seen
    const moved = events.filter(({ topic, campaignId }) => topic === 'messages' && campaignId === null)
    const ids = [...new Set(moved.flatMap(({ messageIds }) => messageIds))]
    await write(deps, accountId, ids, last.seq)
    afterSeq = last.seq
    seen += ids.length
  }
  return seen
}

async function write(
  { db, clock }: Pick<EmailDeps, 'db' | 'clock'>,
  accountId: AccountId,
  ids: readonly string[],
  throughSeq: number,
): Promise<void> {
  const now = clock.now().toJSDate()
  const texts = ids.length === 0 ? [] : await readEnded(db, accountId, ids)
  const found = texts.flatMap((text) => {
    const why = whyEmail(text, now)
    return why === null ? [] : [{ messageId: text.id, why }]
  })
  await inTransaction(db, { name: 'emails.find' }, async (tx) => {
    await insertWaiting(tx, accountId, found, now)
    await moveWatermark(tx, accountId, throughSeq)
  })
}
