import type { CarrierState } from './carrier-state.js'
import type { Status } from './delivery.js'
import { drawSpan, happens } from './draw.js'
import type { RecordedMessage } from './message-record.js'

/** Reports of one message: none for its first status, as with the real carrier, and each may be lost, late or doubled. */
export function scheduleReports(state: CarrierState, index: number): void {
  const message = state.record.at(index)
  const { callbacks } = state.behaviour
  if (message === undefined || message.callback === null || !callbacks.enabled) return
  for (const [status, dueMs] of stepsOf(message)) {
    if (!callbacks.statuses.includes(status)) continue
    if (happens(callbacks.lost, state.random)) continue
    const copies = happens(callbacks.duplicated, state.random) ? 2 : 1
    for (let copy = 0; copy < copies; copy += 1) {
      const late = happens(callbacks.late, state.random) ? drawSpan(callbacks.lateMs, state.random) : 0
      state.wheel.at(dueMs + late, () => report(state, index, status))
    }
  }
}

type ReportedStatus = Exclude<Status, 'accepted' | 'queued'>

function stepsOf(message: RecordedMessage): [ReportedStatus, number][] {
  const { sendingAtMs, sentAtMs, finalAtMs, final } = message
  const steps: [ReportedStatus, number][] = [['sending', sendingAtMs]]
  if (final !== 'failed') steps.push(['sent', sentAtMs])
  if (final !== 'sent') steps.push([final, finalAtMs])
  return steps
}

function report(state: CarrierState, index: number, status: ReportedStatus): void {
  const message = state.record.at(index)
  if (message === undefined || message.callback === null) return
  const sid = state.record.sidOf(index)
  const form: [string, string][] = [
    ['AccountSid', state.signIn.accountSid],
    ['ApiVersion', '2010-04-01'],
  ]
  const ended = status === 'failed' || status === 'undelivered'
  if (ended && message.errorCode !== null) form.push(['ErrorCode', String(message.errorCode)])
  form.push(['From', message.from ?? ''], ['MessageSid', sid], ['MessageStatus', status])
  if (message.messagingServiceSid !== null) form.push(['MessagingServiceSid', message.messagingServiceSid])
  form.push(['SmsSid', sid], ['SmsStatus', status], ['To', message.to])
  state.webhooks.push(message.callback, form)
}
