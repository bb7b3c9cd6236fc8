import { parseStatus, type DeliveryStatus } from './delivery-status.js'

/** A form body as the web server parsed it: repeated fields are lists. */
export type CallbackForm = Readonly<Record<string, string | readonly string[] | undefined>>

export interface StatusReport {
  sid: string
  status: DeliveryStatus
  /** Only on failed and undelivered. */
  errorCode: number | null
  to: string | null
  from: string | null
  messagingServiceSid: string | null
}

export type ParsedStatusCallback =
  { ok: true; report: StatusReport } | { ok: false; reason: 'no-message-sid' | 'unknown-status' }

const messageSidShape = /^(SM|MM)[0-9a-fA-F]{32}$/

export function isMessageSid(text: unknown): text is string {
  return typeof text === 'string' && messageSidShape.test(text)
}

/** Fields come and go without notice: unknown ones are ignored, and only the sid and the status are required. */
export function parseStatusCallback(form: CallbackForm): ParsedStatusCallback {
  const sid = field(form, 'MessageSid') ?? field(form, 'SmsSid')
  if (!isMessageSid(sid)) return { ok: false, reason: 'no-message-sid' }
  const status = parseStatus((field(form, 'MessageStatus') ?? field(form, 'SmsStatus') ?? '').toLowerCase())
  if (status === null) return { ok: false, reason: 'unknown-status' }
  const report: StatusReport = {
    sid,
    status,
    errorCode: wholeNumber(field(form, 'ErrorCode')),
    to: field(form, 'To'),
    from: field(form, 'From'),
    messagingServiceSid: field(form, 'MessagingServiceSid'),
  }
  return { ok: true, report }
}

export interface InboundText {
  sid: string
  from: string
  to: string
  body: string
  messagingServiceSid: string | null
  segments: number
  /** Set only when the carrier's own opt-out handling took part. */
  optOutType: 'STOP' | 'START' | 'HELP' | null
}

export type ParsedInbound =
  { ok: true; text: InboundText } | { ok: false; reason: 'no-message-sid' | 'no-numbers' }

/** An incoming text as the carrier posts it to the inbound address. */
export function parseInboundText(form: CallbackForm): ParsedInbound {
  const sid = field(form, 'MessageSid') ?? field(form, 'SmsSid')
  if (!isMessageSid(sid)) return { ok: false, reason: 'no-message-sid' }
  const from = field(form, 'From')
  const to = field(form, 'To')
  if (from === null || to === null) return { ok: false, reason: 'no-numbers' }
  const optOut = field(form, 'OptOutType')
  const text: InboundText = {
    sid,
    from,
    to,
    body: field(form, 'Body') ?? '',
    messagingServiceSid: field(form, 'MessagingServiceSid'),
    segments: wholeNumber(field(form, 'NumSegments')) ?? 1,
    optOutType: optOut === 'STOP' || optOut === 'START' || optOut === 'HELP' ? optOut : null,
  }
  return { ok: true, text }
}

function field(form: CallbackForm, name: string): string | null {
  const value = form[name]
  if (value === undefined || value === '') return null
  return typeof value === 'string' ? value : (value[0] ?? null)
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null
}
