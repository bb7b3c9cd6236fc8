import { inTransaction } from '../../platform/db/transaction.js'
import { parseInboundText, type InboundText } from '../carrier/index.js'
import { revokeAllForPhone } from '../contacts/index.js'
import {
  consumeInbox,
  lockWaiting,
  markApplied,
  type ConsumeDeps,
  type ConsumeResult,
  type InboxRow,
} from '../webhooks/index.js'
import { isOptOut } from './domain/opt-out-word.js'
import { accountsKnowing } from './store/inbound-rows.js'

/** The inbox's name for texts that people send to our senders. */
export const INBOUND_PROVIDER = 'twilio.inbound'

/**
 * One pass over the texts that came in. A one-word opt-out withdraws every consent that the number has given to any
 * account that knows it: the sender may serve several, and the person meant all of them. Everything else is kept as it is.
 */
export async function applyInboundTexts(
  deps: ConsumeDeps,
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

async function applyText(deps: ConsumeDeps, row: InboxRow): Promise<void> {
  const parsed = parseInboundText(row.params)
  const text = parsed.ok ? parsed.text : null
  const outcome = text === null ? 'unreadable' : wantsOut(text) ? await optOut(deps, row, text) : 'kept'
  await inTransaction(deps.db, { name: 'messages.applyInbound' }, async (tx) => {
    const mine = await lockWaiting(tx, [row.id])
    if (mine.has(row.id)) await markApplied(tx, [{ id: row.id, outcome }], deps.clock.now().toJSDate())
  })
}

function wantsOut(text: InboundText): boolean {
  return text.optOutType === 'STOP' || isOptOut(text.body)
}

/**
 * Each account under its own lock, before the text counts as applied: if this stops half-way it is done again, and
 * what was revoked already stays as it is.
 */
async function optOut(deps: ConsumeDeps, row: InboxRow, text: InboundText): Promise<string> {
  const now = deps.clock.now().toJSDate()
  const occurredAt = row.receivedAt < now ? row.receivedAt : now
  const accountIds = await accountsKnowing(deps.db, text.from)
  for (const accountId of accountIds) {
    await inTransaction(deps.db, { name: 'messages.optOut', accountId }, (tx) =>
      revokeAllForPhone(tx, accountId, text.from, {
        method: 'keyword',
        source: 'inbound text',
        evidence: { sid: text.sid },
        occurredAt,
        recordedAt: now,
      }),
    )
  }
  return accountIds.length === 0 ? 'opt-out-of-nobody' : 'opted-out'
}
