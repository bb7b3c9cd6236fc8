/** Longest text that a log line may carry in one field. */
const TEXT_MAX = 2_000

const secrets: readonly (readonly [RegExp, string])[] = [
  [/\btg_(live|ses)_[A-Za-z0-9_-]+/g, 'tg_$1_…'],
  [/\bBearer\s+\S+/gi, 'Bearer …'],
  [/\b([a-z]+:\/\/)[^\s/@:]+:[^\s/@]+@/gi, '$1…@'],
  [/[^\s@<>"'()=,]+@[^\s@<>"'()=,]+\.[A-Za-z]{2,}/g, '…@…'],
  // Anything long enough to be a phone number, in whatever punctuation, except what is part of an id.
  [/(?<![\w-])\+?\(?\d(?:[\s().-]{0,2}\d){6,14}(?![\w-])/g, '…'],
]

/** Free text made safe to log: tokens, credentials in addresses, e-mail addresses and phone numbers are cut out. */
export function redactText(text: string): string {
  return secrets.reduce((safe, [pattern, shown]) => safe.replace(pattern, shown), text).slice(0, TEXT_MAX)
}

interface LoggedError {
  type: string
  message: string
  code?: string
  stack?: string
  cause?: LoggedError
}

/** An error as it may be logged. Only these fields: drivers hang rows and parameters onto their errors. */
export function errorForLog(error: unknown, nesting = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: redactText(String(error)) }
  const code: unknown = 'code' in error ? error.code : undefined
  return {
    type: error.name,
    message: redactText(error.message),
    ...(typeof code === 'string' ? { code: redactText(code) } : {}),
    ...(error.stack === undefined ? {} : { stack: redactText(error.stack) }),
    ...(error.cause === undefined || nesting > 3 ? {} : { cause: errorForLog(error.cause, nesting + 1) }),
  }
}
