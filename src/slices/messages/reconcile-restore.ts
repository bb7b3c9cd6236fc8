import { trustId, type AccountId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/db/transaction.js'
import { acceptDatabase, sendingLock } from '../accounts/index.js'
import type { Carrier, ListedMessage } from '../carrier/index.js'
import { attributeSent, type SentText } from './domain/attribute-sent.js'
import { importSent, type ImportDeps, type SentMessage } from './import-sent.js'
import {
  firstMessageAt,
  insertStrays,
  lastClaimedAt,
  sendableMessages,
  sidsOnRecord,
} from './store/restore-rows.js'

export interface ReconcileDeps extends ImportDeps {
  carrier: Pick<Carrier, 'listSent'>
  sender: { id: number; address: string }
  /** Writes what is to be sent by now; what is not written yet cannot be recognised. */
  prepare(): Promise<void>
  /**
   * Looks up open attempts that no text was found for: until they are settled, no other text to their numbers can be written
   * down. These carrier ids are texts of other messages.
   */
  settleOpen(spokenFor: ReadonlySet<string>): Promise<void>
  /** Waits so long; the composition root knows how. */
  wait(ms: number): Promise<void>
}

export interface ReconcileOptions {
  /** The longest life of a credential and of a call that was begun with it. */
  callsMs: number
  clockSkewMs: number
  listLagMs: number
  /** Asked for from here on; by default from the newest text that this database knows of, less the margin. */
  since: Date | null
  marginMs: number
  /** Only looks: waits for nothing, writes nothing, unlocks nothing. */
  dryRun: boolean
  /** Why texts that no message fits are accepted; without it they keep the lock. */
  acceptStrays: string | null
  actor: string
}

export interface Reconciliation {
  since: Date
  listed: number
  known: number
  imported: number
  strays: number
  chargedCredits: number
  /** Matched, and not importable now: an open attempt to the same number stands in the way. */
  left: number
}

export type ReconcileResult =
  | { ok: true; unlocked: boolean; found: Reconciliation }
  | { ok: false; reason: 'not-locked' }
  | { ok: false; reason: 'carrier-unavailable'; cause: string }
  | { ok: false; reason: 'strays' | 'left'; found: Reconciliation }

const PAGES_MAX = 5_000
const BATCH = 500
const PASSES_MAX = 3

/**
 * Accounts for what a lost database had sent, then lets this one send. Waits until no call of the lost one can still
 * arrive and the carrier's list shows them all; reads that list; finds the message of each text that is not known here;
 * imports them; and only when every text is accounted for takes the lock back. Safe to kill and to run again at any
 * point: what was imported is known the next time. Texts that fit no message keep the lock until somebody accepts them.
 */
export async function reconcileRestore(
  deps: ReconcileDeps,
  options: ReconcileOptions,
): Promise<ReconcileResult> {
  const lock = await sendingLock(deps.db)
  if (lock.lockedAt === null && !options.dryRun) return { ok: false, reason: 'not-locked' }
  const since = await listedSince(deps, options)
  if (lock.lockedAt !== null && !options.dryRun) {
    const readyMs = lock.lockedAt.getTime() + options.callsMs + options.clockSkewMs + options.listLagMs
    await deps.wait(Math.max(0, readyMs - deps.clock.now().toMillis()))
    await deps.prepare()
  }
  const total = { imported: 0, chargedCredits: 0 }
  let knownAtFirst: number | null = null
  for (let pass = 1; ; pass += 1) {
    const seen = await listUnknown(deps, options, since)
    if (!seen.ok) return { ok: false, reason: 'carrier-unavailable', cause: seen.cause }
    const found = await account(deps, options, seen.unknown)
    knownAtFirst ??= seen.known
    total.imported += found.imported
    total.chargedCredits += found.chargedCredits
    const { strays, left } = found
    const sums: Reconciliation = { strays, left, ...total, since, listed: seen.listed, known: knownAtFirst }
    if (options.dryRun) return { ok: true, unlocked: false, found: sums }
    if (found.left > 0 && pass < PASSES_MAX) {
      await deps.settleOpen(found.spokenFor)
      continue
    }
    if (found.left > 0) return { ok: false, reason: 'left', found: sums }
    if (found.strays > 0 && options.acceptStrays === null) return { ok: false, reason: 'strays', found: sums }
    const unlocked = await unlock(deps, options, sums)
    return { ok: true, unlocked, found: sums }
  }
}

async function listedSince(deps: ReconcileDeps, options: ReconcileOptions): Promise<Date> {
  if (options.since !== null) return options.since
  const newest =
    (await lastClaimedAt(deps.db)) ?? (await firstMessageAt(deps.db)) ?? deps.clock.now().toJSDate()
  return new Date(newest.getTime() - options.marginMs)
}

type Listing = { ok: true; listed: number; known: number; unknown: SentText[] } | { ok: false; cause: string }

async function listUnknown(deps: ReconcileDeps, options: ReconcileOptions, since: Date): Promise<Listing> {
  const listed = new Set<string>()
  const unknown = new Map<string, SentText>()
  const answer = await deps.carrier.listSent({
    sender: deps.sender.address,
    since: new Date(since.getTime() - options.clockSkewMs),
    pagesMax: PAGES_MAX,
    take: async (messages) => {
      for (const message of messages) listed.add(message.sid)
      for (const text of await notOnRecord(deps, messages)) unknown.set(text.sid, text)
    },
  })
  if (answer.kind === 'unavailable') return { ok: false, cause: answer.cause }
  if (!answer.complete) return { ok: false, cause: 'too many pages' }
  const texts = [...unknown.values()]
  return { ok: true, listed: listed.size, known: listed.size - texts.length, unknown: texts }
}

async function notOnRecord(deps: ReconcileDeps, messages: readonly ListedMessage[]): Promise<SentText[]> {
  const known = await sidsOnRecord(
    deps.db,
    messages.map((message) => message.sid),
  )
  return messages.filter((message) => !known.has(message.sid)).map(toSentText)
}

function toSentText(message: ListedMessage): SentText {
  return { sid: message.sid, phone: message.to, body: message.body, sentAt: message.createdAt }
}

interface Accounted extends Pick<Reconciliation, 'imported' | 'strays' | 'chargedCredits' | 'left'> {
  /** Texts of which it is known whose they are. */
  spokenFor: ReadonlySet<string>
}

async function account(
  deps: ReconcileDeps,
  options: ReconcileOptions,
  texts: readonly SentText[],
): Promise<Accounted> {
  const phones = [...new Set(texts.map((text) => text.phone))]
  const messages = phones.length === 0 ? [] : await sendableMessages(deps.db, phones, deps.sender.address)
  const { matched, strays } = attributeSent(texts, messages, options.clockSkewMs)
  const spokenFor = new Set(matched.map(({ text }) => text.sid))
  if (options.dryRun) {
    const credits = matched.reduce((sum, { message }) => sum + message.cost, 0)
    return { imported: matched.length, strays: strays.length, chargedCredits: credits, left: 0, spokenFor }
  }
  const sums: Accounted = { imported: 0, strays: strays.length, chargedCredits: 0, left: 0, spokenFor }
  for (const batch of inBatches(matched)) {
    const accountId = trustId<AccountId>(batch[0]?.message.accountId ?? '')
    const result = await importSent(deps, accountId, deps.sender, batch)
    sums.imported += result.imported
    sums.chargedCredits += result.credits
    sums.left += result.left
  }
  if (strays.length > 0 && options.acceptStrays !== null) {
    const now = deps.clock.now().toJSDate()
    await inTransaction(deps.db, { name: 'messages.keepStrays' }, (tx) =>
      insertStrays(tx, strays, deps.sender.address, now),
    )
  }
  return sums
}

/** Per campaign and in its order, since first attempts follow it. */
function inBatches(matched: readonly SentMessage[]): SentMessage[][] {
  const lanes = new Map<string, SentMessage[]>()
  for (const one of [...matched].sort((a, b) => a.message.place - b.message.place)) {
    const key = `${one.message.accountId}|${one.message.campaignId ?? ''}`
    const lane = lanes.get(key)
    if (lane === undefined) lanes.set(key, [one])
    else lane.push(one)
  }
  return [...lanes.values()].flatMap((lane) =>
    Array.from({ length: Math.ceil(lane.length / BATCH) }, (_, index) =>
      lane.slice(index * BATCH, (index + 1) * BATCH),
    ),
  )
}

function unlock(deps: ReconcileDeps, options: ReconcileOptions, found: Reconciliation): Promise<boolean> {
  return acceptDatabase(deps, {
    actor: options.actor,
    listedSince: found.since,
    listed: found.listed,
    known: found.known,
    imported: found.imported,
    stray: found.strays,
    strayReason: found.strays === 0 ? null : options.acceptStrays,
    chargedCredits: found.chargedCredits,
  })
}
