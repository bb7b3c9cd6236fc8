import type { AccountId } from '../../kernel/ids.js'
import { visitEach } from '../../kernel/visit-each.js'
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

/** Where the next run begins, so that every account has its turn. */
export interface EndedPlace {
  afterId: string
}

export const firstEndedPlace = (): EndedPlace => ({ afterId: '00000000-0000-0000-0000-000000000000' })

/**
 * Follows the event logs of the accounts that want it, and writes an e-mail for each text that ended without arriving and
 * may be followed by one (`domain/why-email.ts`). A log has no gaps and is in the order of commits, so no end is missed, and
 * looking twice writes nothing twice: an e-mail is its text's, and the watermark moves in the same transaction. What it
 * reads it reads outside of transactions, so that nothing that sends ever waits for it. What fails for one account holds up no
 * other. Returns how many were looked at.
 */
export async function findEndedTexts(
  deps: Pick<EmailDeps, 'db' | 'clock'>,
  place: EndedPlace,
): Promise<number> {
  const behind = await readBehind(deps.db, { afterId: place.afterId, limit: ACCOUNTS_MAX })
  place.afterId = behind.at(-1)?.accountId ?? place.afterId
  let seen = 0
  await visitEach(behind, async (watermark) => {
    seen += await follow(deps, watermark)
  })
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
