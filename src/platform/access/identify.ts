import type { IncomingHttpHeaders } from 'node:http'
import type { Authenticator } from './authenticator.js'
import { readCredential } from './credential.js'
import { ACCOUNT_HEADER, showsOwnAccount } from './shown-account.js'
import type { Viewer } from './viewer.js'

/** Who a request comes from; null for nobody, and for credentials that do not hold. */
export async function identify(
  authenticator: Authenticator,
  headers: IncomingHttpHeaders,
): Promise<Viewer | null> {
  const credential = readCredential(headers)
  if (credential.kind === 'none' || credential.kind === 'unusable') return null
  return (await authenticator.authenticate(credential.token))?.viewer ?? null
}

/** Whether a request comes from a page of the console that shows another account than the one that the session works in. */
export function isLeftBehind(viewer: Viewer, headers: IncomingHttpHeaders): boolean {
  return readCredential(headers).kind === 'console' && !showsOwnAccount(viewer, headers[ACCOUNT_HEADER])
}
