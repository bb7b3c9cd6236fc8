/** What a caller may do about an error: nothing, try later, or first find out whether the thing happened. */
export type RetryAdvice = 'never' | 'later' | 'unknown-outcome'

export interface AppErrorDetails {
  /** `slice.reason`, stable, for machines. */
  code: string
  /** Safe to show to any caller. */
  publicMessage: string
  /** For logs only. Never holds a phone number, a message body or a secret. */
  internalMessage?: string
  retry?: RetryAdvice
  cause?: unknown
}

/** Bugs and outages. Expected refusals are values (`{ ok: false, reason }`), not errors. */
export class AppError extends Error {
  override readonly name: string = 'AppError'
  readonly code: string
  readonly publicMessage: string
  readonly retry: RetryAdvice

  constructor(details: AppErrorDetails) {
    super(details.internalMessage ?? details.publicMessage, { cause: details.cause })
    this.code = details.code
    this.publicMessage = details.publicMessage
    this.retry = details.retry ?? 'never'
  }
}
