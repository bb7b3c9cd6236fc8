import { confirmByReply, voidForPhones } from '../slices/appointments/index.js'
import type { InboxHook } from '../slices/inbox/index.js'

/** What other slices do in the transaction that applies a text or an opt-out. */
export const inboxHooks: readonly InboxHook[] = [{ onOptOut: voidForPhones, onReply: confirmByReply }]
