import type { AccountId } from '../../kernel/ids.js'
import { inTransaction, type Tx } from '../../platform/db/transaction.js'
import { appendEvent } from '../../platform/realtime/event-log.js'
import { WAIT_MAX_MS } from './domain/retry-plan.js'
import { whyEmail } from './domain/why-email.js'
import type { EmailDeps, EmailSources } from './email-deps.js'
import type { Email, Mailer } from './mailer.js'
import { settleEmail } from './settle-email.js'
import { beginTry, lockWaiting, moveEmail, readDue, type DueEmail } from './store/email-rows.js'
import { readEndedNow } from './store/ended-texts.js'

export type SendEmailDeps = EmailDeps & EmailSources & { emailFrom: string | null }

type Taking = Taken | 'withheld' | null

interface Taken {
  n: number
  email: Email
}

const BATCH_MAX = 50

/**
 * Sends what waits, one after the other: takes an e-mail (`sending`, committed), talks to the mail server with no transaction
 * open, writes down what it said. Whoever dies in between leaves it `sending`, and nobody sends it again: at most once.
 * Everything that allowed the e-mail is asked again when it is taken, under the account's lock, so that a STOP that was
 * recorded before is honoured. A server that cannot be reached ends the run. Returns how many were taken.
 */
export async function sendDueEmails(deps: SendEmailDeps, signal?: AbortSignal): Promise<{ taken: number }> {
  const { mailer, emailFrom, db, clock } = deps
  if (mailer === null || emailFrom === null) return { taken: 0 }
  let taken = 0
  for (const due of await readDue(db, clock.now().toJSDate(), BATCH_MAX)) {
    if (signal?.aborted === true) break
    const kind = await sendOne({ ...deps, mailer, emailFrom }, due)
    if (kind === null) continue
    taken += 1
    if (kind === 'unreachable') break
  }
  return { taken }
}

async function sendOne(
  deps: SendEmailDeps & { mailer: Mailer; emailFrom: string },
  due: DueEmail,
): Promise<'spoken' | 'unreachable' | null> {
  const brandName = await deps.brandName(due.accountId)
  const taken = await inTransaction(
    deps.db,
    { name: 'emails.take', accountId: due.accountId },
    (tx): Promise<Taking> => take(tx, deps, due, brandName),
  )
  if (taken === 'withheld') deps.count?.('withheld')
  if (taken === null || taken === 'withheld') return null
  const outcome = await deps.mailer.send(taken.email)
  await settleEmail(deps, { ...due, n: taken.n }, outcome)
  return outcome.kind === 'later' && outcome.reason !== 'refused' ? 'unreachable' : 'spoken'
}

async function take(
  tx: Tx,
  deps: Omit<SendEmailDeps, 'emailFrom'> & { emailFrom: string },
  due: DueEmail,
  brandName: string,
): Promise<Taking> {
  const { accountId, messageId } = due
  const now = deps.clock.now().toJSDate()
  const waiting = await lockWaiting(tx, due, now)
  if (waiting === null) return null
  if (!waiting.enabled) return withhold(tx, due, 'switched-off', now)
  if (now.getTime() - waiting.createdAt.getTime() > WAIT_MAX_MS) return withhold(tx, due, 'too-late', now)
  const text = await readEndedNow(tx, accountId, messageId)
  if (text?.email == null || whyEmail(text, now) === null) return withhold(tx, due, 'no-longer-allowed', now)
  if (!(await deps.stillTrue(tx, accountId, messageId))) return withhold(tx, due, 'no-longer-true', now)
  const n = await beginTry(tx, messageId, text.email, now)
  return {
    n,
    email: {
      messageId: `<${messageId}@${domainOf(deps.emailFrom)}>`,
      to: text.email,
      brandName,
      text: text.body,
    },
  }
}

type Withheld = 'switched-off' | 'too-late' | 'no-longer-allowed' | 'no-longer-true'

async function withhold(
  tx: Tx,
  { accountId, messageId }: { accountId: AccountId; messageId: string },
  reason: Withheld,
  now: Date,
): Promise<'withheld'> {
  await moveEmail(tx, { messageId, from: ['waiting'], to: 'withheld', reason, code: null, now })
  await appendEvent(tx, {
    accountId,
    topic: 'messages',
    messageIds: [messageId],
    payload: { kind: 'email', report: 'withheld' },
  })
  return 'withheld'
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1)
}
