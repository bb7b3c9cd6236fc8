import { newId, type AccountId } from '../../kernel/ids.js'
import type { Tx } from '../../platform/db/transaction.js'
import { consentStanding, type GrantByPhone, type RequestOptIn } from '../contacts/index.js'
import { currentPriceBook, type PriceBook } from '../credits/index.js'
import { answerText } from './answer-text.js'
import { replyText } from './domain/reply-texts.js'
import { replyLanguage } from './domain/reply-language.js'
import type { InboxDeps } from './inbox-deps.js'
import { readSettings, type InboxSettings } from './store/account-facts.js'
import { contactOf } from './store/inbound-rows.js'
import { insertOptIn, waitingOptIn, type AgreedElsewhere } from './store/opt-in-rows.js'

const HOUR_MS = 3_600_000

/**
 * For accounts that want a double opt-in: an agreement from a form or a program becomes a request, and one text asks the
 * person. Nothing is granted before they answer (`receiveText`). While a request waits, the same number is not asked
 * again. Null where the account does not want it. Refuses a number that has opted out, which only its own START can undo,
 * and one without a price.
 */
export async function prepareOptIn(deps: InboxDeps, now: Date): Promise<RequestOptIn> {
  const book = await currentPriceBook(deps.db, now)
  return (tx, accountId, phone, agreed) => requestOptIn(tx, { accountId, phone, agreed, book })
}

async function requestOptIn(
  tx: Tx,
  wish: { accountId: AccountId; phone: string; agreed: GrantByPhone; book: PriceBook },
): ReturnType<RequestOptIn> {
  const { accountId, phone, agreed, book } = wish
  const settings = await readSettings(tx, accountId)
  if (!settings.doubleOptIn) return null
  const now = agreed.recordedAt
  const waiting = await waitingOptIn(tx, accountId, phone, now)
  if (waiting !== null)
    return { ok: true, requested: { requestId: waiting.id, expiresAt: waiting.expiresAt } }
  const standing = await consentStanding(tx, accountId, phone)
  if (Object.values(standing).includes('revoked')) return { ok: false, reason: 'opted-out' }
  const id = newId()
  const expiresAt = new Date(now.getTime() + settings.optInHours * HOUR_MS)
  const body = requestText(settings, agreed.language)
  const sent = await answerText(
    tx,
    accountId,
    {
      phone,
      contactId: await contactOf(tx, accountId, phone),
      kind: 'opt_in_request',
      purpose: 'service',
      body,
      answers: null,
      actor: agreed.actor,
      idemKey: `opt-in:${id}`,
      expiresAt,
    },
    { book, now },
  )
  if (sent === null) return { ok: false, reason: 'cannot-be-texted' }
  const row = {
    id,
    phone,
    agreed: toStored(agreed),
    requestText: body,
    messageId: sent.messageId,
    requestedAt: now,
    expiresAt,
  }
  await insertOptIn(tx, accountId, row)
  return { ok: true, requested: { requestId: id, expiresAt } }
}

/** In the language of the form, where it is one of ours. */
function requestText(settings: InboxSettings, language: string | null): string {
  const names = { brand: settings.brandName, contact: settings.helpContact ?? settings.brandName }
  return replyText('opt_in_request', replyLanguage(language, settings.language), names)
}

function toStored(agreed: GrantByPhone): AgreedElsewhere {
  const { purposes, level, method, source, exactText, language, evidence, actor, occurredAt } = agreed
  return {
    purposes: [...purposes],
    level,
    method,
    source,
    exactText,
    language,
    evidence: { ...evidence },
    actor,
    occurredAt: occurredAt.toISOString(),
  }
}
