import { newId, type AccountId } from '../../kernel/ids.js'
import { inTransaction, type Tx } from '../../platform/db/transaction.js'
import { currentPriceBook } from '../credits/index.js'
import { INBOUND_PROVIDER } from '../messages/index.js'
import {
  consumeInbox,
  lockWaiting,
  markApplied,
  type ConsumeResult,
  type InboxRow,
} from '../webhooks/index.js'
import type { InboundDeps } from './inbox-deps.js'
import { optOutAccount } from './opt-out-account.js'
import { readInbound, type Inbound } from './read-inbound.js'
import { receiveText } from './receive-text.js'
import { accountsKnowing, lastToText } from './store/attribution.js'
import { hasInbound, insertInbound } from './store/inbound-rows.js'

/**
 * One pass over the texts that came in, oldest first. Each belongs to one account or to none. An opt-out counts for every
 * account that knows the number, because the sender may serve several and the person meant all of them. Each account is
 * worked on in one transaction under its own lock; a process that dies between two of them leaves the text waiting, and
 * what was done is not done again. The same text posted twice is applied once.
 */
export async function applyInboundTexts(
  deps: InboundDeps,
  options: { limit: number } = { limit: 200 },
): Promise<ConsumeResult> {
  return consumeInbox(
    deps,
    {
      provider: INBOUND_PROVIDER,
      group: (rows) => Promise.resolve(rows.map((row) => [row])),
      apply: async ([row]) => {
        if (row !== undefined) await applyText(deps, row)
      },
    },
    options,
  )
}

async function applyText(deps: InboundDeps, row: InboxRow): Promise<void> {
  const now = deps.clock.now().toJSDate()
  const text = readInbound(row, now)
  if (text === null) {
    await finish(deps, row, null, () => Promise.resolve('unreadable'))
    return
  }
  const knowing = text.isPhone ? await accountsKnowing(deps.db, text.phone) : []
  const owner = await ownerOf(deps, text, knowing)
  if (text.class === 'opt_out') {
    for (const accountId of knowing.filter((one) => one !== owner))
      await inTransaction(deps.db, { name: 'inbox.optOut', accountId }, (tx) =>
        optOutAccount(tx, deps, accountId, text, { now, isOwner: false }),
      )
  }
  const book = await currentPriceBook(deps.db, now)
  await finish(deps, row, owner, async (tx) => {
    if (await hasInbound(tx, text.sid)) return 'duplicate'
    if (owner !== null) return receiveText(tx, deps, owner, text, { now, book })
    return keepUnattributed(tx, text, knowing.length)
  })
}

/**
 * Whose text it is: the account whose text this number last got from this sender; where there is none, the only account
 * that knows the number; else nobody's, since a guess would show one account's mail to another.
 */
async function ownerOf(
  deps: InboundDeps,
  text: Inbound,
  knowing: readonly AccountId[],
): Promise<AccountId | null> {
  if (knowing.length <= 1) return knowing[0] ?? null
  return lastToText(deps.db, knowing, text.phone, text.senders)
}

async function finish(
  deps: InboundDeps,
  row: InboxRow,
  accountId: AccountId | null,
  work: (tx: Tx) => Promise<string>,
): Promise<void> {
  const options = { name: 'inbox.receiveText', ...(accountId === null ? {} : { accountId }) }
  await inTransaction(deps.db, options, async (tx) => {
    const mine = await lockWaiting(tx, [row.id])
    if (!mine.has(row.id)) return
    const outcome = await work(tx)
    await markApplied(tx, [{ id: row.id, outcome }], deps.clock.now().toJSDate())
  })
}

async function keepUnattributed(tx: Tx, text: Inbound, knowing: number): Promise<string> {
  const isOptOut = text.class === 'opt_out'
  const outcome = isOptOut ? (knowing === 0 ? 'opt-out-of-nobody' : 'opted-out') : 'unattributed'
  await insertInbound(tx, {
    id: newId(),
    sid: text.sid,
    accountId: null,
    contactId: null,
    phone: text.phone,
    sender: text.sender,
    body: text.body,
    class: text.class,
    mediaCount: text.mediaCount,
    outcome,
    receivedAt: text.receivedAt,
  })
  return outcome
}
