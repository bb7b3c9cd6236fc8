import type { IncomingHttpHeaders } from 'node:http'
import type { Authenticator } from './authenticator.js'
import { readCredential } from './credential.js'
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
