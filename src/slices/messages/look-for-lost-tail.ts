import type { Clock } from '../../kernel/clock.js'
import type { Db } from '../../platform/db/data-source.js'
import { lockSending } from '../accounts/index.js'
import type { Carrier } from '../carrier/index.js'
import { attributeSent, type SentText } from './domain/attribute-sent.js'
import { lastClaimedAt, sendableMessages, sidsOnRecord } from './store/restore-rows.js'

export interface LookForLostTailDeps {
  db: Db
  clock: Clock
  carrier: Pick<Carrier, 'listSent'>
  /** Writes what is to be sent by now; what is not written yet cannot be recognised. */
  prepare(): Promise<void>
}

export interface LookForLostTailOptions {
  sender: string
  clockSkewMs: number
}

export type LostTail =
  | { kind: 'none'; /** Texts that fit nothing here. */ strays: number }
  | { kind: 'locked'; texts: number }
  | { kind: 'unavailable'; cause: string }

const PAGES_MAX = 1
const LOST = 'restore: the carrier has sent texts that wait here to be sent'

/**
 * Asks a witness outside of the database, before a starting worker claims anything: a data directory that was copied back
 * has kept its name and its timeline, but the carrier's newest page shows what it has forgotten. Sending is locked when a
 * text there, which is not known here, is a message that waits to be sent, or that is written now because it is due. Texts
 * that fit nothing lock nothing: somebody else may use the number.
 */
export async function lookForLostTail(
  deps: LookForLostTailDeps,
  options: LookForLostTailOptions,
): Promise<LostTail> {
  const since = (await lastClaimedAt(deps.db)) ?? new Date(0)
  const texts: SentText[] = []
  const answer = await deps.carrier.listSent({
    sender: options.sender,
    since: new Date(since.getTime() - options.clockSkewMs),
    pagesMax: PAGES_MAX,
    take: (messages) => {
      for (const { sid, to, body, createdAt } of messages)
        texts.push({ sid, phone: to, body, sentAt: createdAt })
    },
  })
  if (answer.kind === 'unavailable') return { kind: 'unavailable', cause: answer.cause }
  const known = await sidsOnRecord(
    deps.db,
    texts.map((text) => text.sid),
  )
  const unknown = texts.filter((text) => !known.has(text.sid))
  if (unknown.length === 0) return { kind: 'none', strays: 0 }
  let seen = await attributed(deps, options, unknown)
  if (seen.lost === 0 && seen.strays > 0) {
    await deps.prepare()
    seen = await attributed(deps, options, unknown)
  }
  if (seen.lost === 0) return { kind: 'none', strays: seen.strays }
  await lockSending(deps, LOST)
  return { kind: 'locked', texts: seen.lost }
}

async function attributed(
  { db }: LookForLostTailDeps,
  { sender, clockSkewMs }: LookForLostTailOptions,
  texts: readonly SentText[],
): Promise<{ lost: number; strays: number }> {
  const phones = [...new Set(texts.map((text) => text.phone))]
  const messages = await sendableMessages(db, phones, sender)
  const { matched, strays } = attributeSent(texts, messages, clockSkewMs)
  // An attempt that is open has a fence and look-ups of its own: only what waits would be sent again.
  const lost = matched.filter(({ message }) => message.attemptId === null)
  return { lost: lost.length, strays: strays.length }
}
