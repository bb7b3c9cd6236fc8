import twilio from 'twilio'

/**
 * True when one of our tokens signed exactly this address and form. The address must be the configured public one, never
 * built from request headers. Two tokens are in force while one is being replaced. The comparison takes constant time.
 * A genuine request can be replayed: callers rely on storing each event once, not on this check alone.
 */
export function verifyTwilioSignature(
  authTokens: readonly string[],
  url: string,
  params: Readonly<Record<string, unknown>>,
  signature: string | null | undefined,
): boolean {
  if (signature === null || signature === undefined || signature === '') return false
  let valid = false
  for (const authToken of authTokens) {
    if (authToken !== '' && twilio.validateRequest(authToken, signature, url, params)) valid = true
  }
  return valid
}
