import { confirmByReply, planAgainForPhone, voidForPhones } from '../slices/appointments/index.js'
import type { InboxHook } from '../slices/inbox/index.js'

/** What other slices do in the transaction that applies a text, an opt-out or a consent. */
export const inboxHooks: readonly InboxHook[] = [
  { onOptOut: voidForPhones, onOptIn: planAgainForPhone, onReply: confirmByReply },
]
