import type { AccountId, MessageId } from '../../kernel/ids.js'
import type { Db } from '../../platform/db/data-source.js'
import type { TimelineEntry } from '../messages/index.js'
import { emailWords } from './domain/email-words.js'
import type { EmailState } from './domain/email-state.js'
import { listEmailRows, readEmailOf, type ListedEmail } from './store/email-lists.js'

export type { ListedEmail } from './store/email-lists.js'

/** E-mails of an account that took the place of texts or were to, those of the newest texts first. */
export function listEmails(
  deps: { db: Db },
  accountId: AccountId,
  states: readonly EmailState[] | null,
  page: { beforeId: string | null; limit: number },
): Promise<ListedEmail[]> {
  return listEmailRows(deps.db, accountId, states, page)
}

/** What the timeline of a text says of its e-mail: one entry, or none where there is no e-mail. */
export async function emailTimeline(
  db: Db,
  accountId: AccountId,
  messageId: MessageId,
): Promise<TimelineEntry[]> {
  const found = await readEmailOf(db, accountId, messageId)
  if (found === null) return []
  const { state, why, tries, reason, code } = found
  return [
    {
      at: found.changedAt,
      kind: 'email',
      words: emailWords[state],
      attemptId: null,
      attempt: null,
      credits: null,
      sid: null,
      code: null,
      facts: { state, why, tries, reason, serverCode: code },
    },
  ]
}
