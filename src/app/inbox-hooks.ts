import { confirmByReply, planAgainForPhones, voidForPhones } from '../slices/appointments/index.js'
import { withdrawOptIns, type InboxHook } from '../slices/inbox/index.js'
import type { OptOutHook } from '../slices/messages/index.js'

/** What other slices do in the transaction that applies a text, an opt-out or a consent. */
export const inboxHooks: readonly InboxHook[] = [
  { onOptOut: voidForPhones, onOptIn: planAgainForPhones, onReply: confirmByReply },
]

/** The same for an opt-out that the carrier tells messages of; of its own texts the inbox withdraws requests itself. */
export const carrierOptOutHooks: readonly OptOutHook[] = [
  ...inboxHooks,
  {
    onOptOut: (tx, accountId, phones, at) => withdrawOptIns(tx, accountId, phones, { purposes: null, at }),
  },
]
