import { words } from '../../shared/format.js'

const sentences: Readonly<Record<string, string>> = {
  breaker_open: 'The carrier cannot be used; sending waits.',
  breaker_half_open: 'The carrier is being tried again.',
  breaker_closed: 'The carrier is back; sending goes on.',
  calls_at_once: 'The carrier bears another number of calls at once.',
  rate_limited: 'Single texts wait for their hour.',
  sending_stopped: 'Sending was stopped.',
  sending_resumed: 'Sending goes on.',
  subscription_changed: 'The subscription has changed.',
  audit_breach: 'The audit found a broken rule.',
  platform_stopped: 'The whole platform was stopped.',
  platform_resumed: 'The whole platform goes on.',
  held_for_approval: 'The runaway guard holds texts until somebody approves them.',
  approved: 'What was held has been approved.',
}

export function operationWords(kind: string): string {
  return sentences[kind] ?? words(kind)
}
