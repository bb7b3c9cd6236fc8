import { newId, type AccountId, type MessageId } from '../../src/kernel/ids.js'
import { readQuery } from '../../src/platform/db/transaction.js'
import { createContact } from '../../src/slices/contacts/index.js'
import {
  createSmtpMailer,
  findEndedTexts,
  firstEndedPlace,
  sendDueEmails,
  setEmailFallback,
  type SendEmailDeps,
} from '../../src/slices/emails/index.js'
import type { NewMessage } from '../../src/slices/messages/index.js'
import {
  aLane,
  aSendingAccount,
  claim,
  refusedForGood,
  settle,
  someMessages,
  somePhones,
  theyAgree,
} from '../support/builders/messages.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { fixedClock, type FixedClock } from '../support/fixed-clock.js'
import { startSmtpReceiver, type SmtpReceiver } from '../support/smtp-receiver.js'

/** Texts that end, and a mail server on this machine. */
export interface EmailWorld extends TestDatabase {
  clock: FixedClock
  smtp: SmtpReceiver
  deps: SendEmailDeps
  /** What the job does: looks for ended texts, sends what is due. */
  work(): Promise<{ taken: number }>
  emailOf(messageId: string): Promise<EmailNow | null>
}

export interface EmailNow {
  state: string
  tries: number
  why: string
  reason: string | null
  code: number | null
}

export const FROM = 'texts@tollgate.test'
export const BODY = 'Your appointment is tomorrow at 3 PM.'

export async function emailWorld(): Promise<EmailWorld> {
  const database = await createTestDatabase({ poolSize: 4 })
  const { db } = database
  const clock = fixedClock()
  const smtp = await startSmtpReceiver()
  const deps: SendEmailDeps = {
    db,
    clock,
    mailer: createSmtpMailer({ url: smtp.url, from: FROM }),
    emailFrom: FROM,
    brandName: () => Promise.resolve('Acme Physio'),
    stillTrue: () => Promise.resolve(true),
  }
  return {
    ...database,
    clock,
    smtp,
    deps,
    work: async () => {
      await findEndedTexts(deps, firstEndedPlace())
      return sendDueEmails(deps)
    },
    emailOf: async (messageId) => {
      const [row] = await readQuery<EmailNow>(
        db,
        '/* test.emailOf */ select state, tries, why, reason, code from email_fallback where message_id = $1',
        [messageId],
      )
      return row ?? null
    },
  }
}

export async function anAccount(world: EmailWorld, given: { switchedOn?: boolean } = {}): Promise<AccountId> {
  const accountId = await aSendingAccount(world.db, 1_000)
  if (given.switchedOn !== false)
    await setEmailFallback(world.deps, accountId, { enabled: true, actor: 'test' })
  return accountId
}

export interface Person {
  phone: string
  email: string
}

/** Somebody with an e-mail address who agreed to transactional texts. */
export async function aPerson(world: EmailWorld, accountId: AccountId, email?: string): Promise<Person> {
  const [phone = ''] = somePhones(1)
  const address = email ?? `${newId().slice(-12)}@people.test`
  const made = await createContact(world.deps, accountId, { phone, firstName: 'Ida', email: address })
  if (!made.ok) throw new Error(made.reason)
  await theyAgree(world.db, accountId, [phone], 'transactional')
  return { phone, email: address }
}

export async function aText(
  world: EmailWorld,
  accountId: AccountId,
  phone: string,
  given: Partial<NewMessage> = {},
): Promise<MessageId> {
  const [id] = await someMessages(world.db, accountId, [phone], {
    campaignId: null,
    purpose: 'transactional',
    body: BODY,
    ...given,
  })
  if (id === undefined) throw new Error('no text was written')
  return id
}

/** The carrier says no for good to everything that waits. */
export async function refuseAll(world: EmailWorld, accountId: AccountId): Promise<void> {
  const { claimed } = await claim(world.db, { clock: world.clock, lane: aLane(accountId, null) })
  const ids = claimed.map(({ attemptId }) => attemptId)
  await settle(world.db, world.clock, accountId, ids, () => refusedForGood)
}

/** A text to somebody with an address that the carrier refused for good. */
export async function aFailedText(
  world: EmailWorld,
  accountId: AccountId,
  given: Partial<NewMessage> = {},
): Promise<Person & { messageId: MessageId }> {
  const person = await aPerson(world, accountId)
  const messageId = await aText(world, accountId, person.phone, given)
  await refuseAll(world, accountId)
  return { ...person, messageId }
}
