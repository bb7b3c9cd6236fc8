import type { Clock } from '../../kernel/clock.js'
import { assertNoTransaction } from '../../platform/db/transaction.js'
import type {
  BalanceOutcome,
  ListedMessage,
  ListOutcome,
  ListSentOutcome,
  ListSentQuery,
  StatusOutcome,
} from './carrier-types.js'
import { parseStatus } from './domain/delivery-status.js'
import { CarrierCallFailed } from './twilio/carrier-call.js'
import type { MessageList, TwilioConnection } from './twilio/connect.js'

interface ReadDeps {
  clock: Clock
  connection: TwilioConnection
}

const listPageSize = 1_000
const listPagesMax = 50

/** The carrier's present status of a message. Absent means that the carrier does not know the sid (yet). */
export async function fetchStatus(deps: ReadDeps, sid: string): Promise<StatusOutcome> {
  assertNoTransaction()
  try {
    const message = await deps.connection.read().account.messages(sid).fetch()
    return {
      kind: 'found',
      sid: message.sid,
      status: parseStatus(message.status),
      errorCode: wholeNumber(message.errorCode),
      segments: wholeNumber(message.numSegments) ?? 0,
      price: textOrNull(message.price),
      priceUnit: textOrNull(message.priceUnit),
    }
  } catch (error) {
    return statusOf(error) === 404 ? { kind: 'absent' } : { kind: 'unavailable', cause: causeOf(error) }
  }
}

interface ListPage {
  instances: Awaited<ReturnType<MessageList['page']>>['instances']
  nextPage(): Promise<ListPage> | undefined
}

/**
 * Everything the carrier lists for a recipient, newest first, back to an instant. Asks by recipient only: a filter by
 * date sent would hide messages that are still queued, and make a message that exists look absent. All pages or none:
 * half a list proves nothing, so any failure on the way is `unavailable`.
 */
export async function listMessagesTo(
  deps: ReadDeps,
  query: { to: string; since: Date },
): Promise<ListOutcome> {
  assertNoTransaction()
  const { account, client } = deps.connection.read()
  const askedAt = deps.clock.now().toJSDate()
  // The carrier gives whole seconds.
  const sinceMs = Math.floor(query.since.getTime() / 1_000) * 1_000
  const messages: ListedMessage[] = []
  let pageCount = 0
  try {
    let page: ListPage | undefined = await account.messages.page({ to: query.to, pageSize: listPageSize })
    while (page !== undefined) {
      pageCount += 1
      if (pageCount > listPagesMax) return { kind: 'unavailable', cause: 'too many pages' }
      const recent = page.instances.map(toListed).filter((message) => message.createdAt.getTime() >= sinceMs)
      messages.push(...recent)
      // The order is the carrier's affair: only a page without anything recent ends the list.
      if (recent.length === 0) break
      page = await page.nextPage()
    }
  } catch (error) {
    return { kind: 'unavailable', cause: causeOf(error) }
  }
  return { kind: 'listed', messages, requestIds: [...client.requestIds], pageCount, askedAt }
}

/** A page is asked for again so often before all of them count as unread. */
const pageTriesMax = 5

/**
 * Everything that the carrier lists as sent by a sender, newest first, back to an instant, page by page. Never asks by
 * date sent, which what is still queued does not have. All of it or `unavailable`; what was given before a failure may
 * be used as far as it goes, and proves nothing about the rest.
 */
export async function listMessagesFrom(deps: ReadDeps, query: ListSentQuery): Promise<ListSentOutcome> {
  assertNoTransaction()
  const { account } = deps.connection.read()
  const askedAt = deps.clock.now().toJSDate()
  const sinceMs = Math.floor(query.since.getTime() / 1_000) * 1_000
  const isService = query.sender.startsWith('MG')
  const first = { pageSize: listPageSize, ...(isService ? {} : { from: query.sender }) }
  let pageCount = 0
  try {
    let page: ListPage | undefined = await patiently(() => account.messages.page(first))
    while (page !== undefined && pageCount < query.pagesMax) {
      pageCount += 1
      const recent = page.instances.map(toListed).filter((message) => message.createdAt.getTime() >= sinceMs)
      const sent = recent.filter(
        (message) => message.outbound && (!isService || message.messagingServiceSid === query.sender),
      )
      await query.take(sent)
      if (recent.length === 0) return { kind: 'listed', pageCount, askedAt, complete: true }
      const current: ListPage = page
      page = await patiently(() => current.nextPage() ?? Promise.resolve(undefined))
    }
    return { kind: 'listed', pageCount, askedAt, complete: page === undefined }
  } catch (error) {
    return { kind: 'unavailable', cause: causeOf(error) }
  }
}

async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask()
    } catch (error) {
      if (tries >= pageTriesMax) throw error
    }
  }
}

/** What is left at the carrier itself: when it runs out, the carrier suspends the account and every tenant stops. */
export async function fetchBalance(deps: ReadDeps): Promise<BalanceOutcome> {
  assertNoTransaction()
  try {
    const answer = await deps.connection.read().account.balance.fetch()
    return { kind: 'found', balance: answer.balance, currency: answer.currency }
  } catch (error) {
    return { kind: 'unavailable', cause: causeOf(error) }
  }
}

function toListed(message: ListPage['instances'][number]): ListedMessage {
  return {
    sid: message.sid,
    from: textOrNull(message.from),
    to: message.to,
    messagingServiceSid: textOrNull(message.messagingServiceSid),
    status: parseStatus(message.status),
    errorCode: wholeNumber(message.errorCode),
    // Not `outbound-reply`: what the carrier answers by itself to STOP or HELP comes from our number and is no text of ours.
    outbound: message.direction === 'outbound-api',
    createdAt: message.dateCreated,
    segments: wholeNumber(message.numSegments) ?? 0,
    body: message.body,
  }
}

/** The SDK's types promise more than the carrier sends: price and code are null at first. */
function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function wholeNumber(value: unknown): number | null {
  if (value === null || value === undefined || value === '') return null
  const number = Number(value)
  return Number.isInteger(number) ? number : null
}

export function statusOf(error: unknown): number | null {
  const status: unknown = error instanceof Error && 'status' in error ? error.status : null
  return typeof status === 'number' ? status : null
}

export function causeOf(error: unknown): string {
  const status = statusOf(error)
  if (status !== null) return `http ${String(status)}`
  return error instanceof CarrierCallFailed ? error.reason : 'unreadable answer'
}
