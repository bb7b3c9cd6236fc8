import { pino, stdTimeFunctions, type DestinationStream } from 'pino'
import { errorForLog, redactText } from './redact.js'

/**
 * One line per change of state: ids and numbers first, then the event's name, `message.dispatch.unknown`.
 * Field names outside the list below are dropped, so a body or a phone number has no way into a line.
 */
export interface Logger {
  debug(fields: LogFields, event: string): void
  info(fields: LogFields, event: string): void
  warn(fields: LogFields, event: string): void
  error(fields: LogFields, event: string): void
  child(fields: LogFields): Logger
}

export type LogFields = Readonly<Partial<Record<LogField, string | number | boolean | null>>> & {
  readonly err?: unknown
}

const allowedFields = [
  'accountId',
  'userId',
  'sessionId',
  'apiKeyId',
  'campaignId',
  'contactId',
  'messageId',
  'attemptId',
  'importId',
  'jobId',
  'requestId',
  'workerId',
  'process',
  'role',
  'job',
  'operation',
  'transaction',
  'topic',
  'seq',
  'ord',
  'state',
  'from',
  'to',
  'reason',
  'code',
  'status',
  'method',
  'route',
  'transport',
  'signal',
  'port',
  'address',
  'version',
  'count',
  'accepted',
  'failed',
  'pending',
  'attempt',
  'durationMs',
  'delayMs',
  'bytes',
  'credits',
  'segments',
  'country',
  'sid',
  'fence',
  'policy',
  'breaker',
  // Words about a failure; they pass through the redaction like all text.
  'error',
] as const
type LogField = (typeof allowedFields)[number]
const allowed: ReadonlySet<string> = new Set(allowedFields)

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'

export function createLogger(options: { level: LogLevel; destination?: DestinationStream }): Logger {
  const settings = {
    level: options.level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }), log: permit, bindings: permit },
    messageKey: 'event',
    serializers: { err: (error: unknown) => error },
  }
  return options.destination ? pino(settings, options.destination) : pino(settings)
}

/** Keeps what the list allows; text passes through the redaction, objects do not pass at all. */
function permit(fields: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'err') kept[name] = errorForLog(value)
    else if (allowed.has(name)) kept[name] = permitValue(value)
  }
  return kept
}

function permitValue(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value)
  return typeof value === 'number' || typeof value === 'boolean' || value === null ? value : '[dropped]'
}

export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLogger,
}
