/** Where the carrier reports on an attempt, and where it delivers incoming texts; the web server serves these paths. */
export const statusCallbackPath = '/webhooks/twilio/status'
export const inboundTextPath = '/webhooks/twilio/inbound'

/**
 * An address of its own for each attempt: a report that arrives there names the attempt even when the answer to the
 * create was lost. The carrier's signature covers the whole address, so nobody else can name one.
 */
export function statusCallbackUrl(base: string, attemptId: string): string {
  return `${base}${statusCallbackPath}/${attemptId}`
}
