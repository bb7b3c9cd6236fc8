import type { Request } from 'express'
import type { Authenticator } from '../platform/access/authenticator.js'
import { readCredential } from '../platform/access/credential.js'
import type { Viewer } from '../platform/access/viewer.js'

/** Who asks for a file, by the same credentials as GraphQL; null for nobody. */
export async function authenticateRequest(
  authenticator: Authenticator,
  request: Request,
): Promise<Viewer | null> {
  const credential = readCredential(request.headers)
  if (credential.kind === 'none' || credential.kind === 'unusable') return null
  return (await authenticator.authenticate(credential.token))?.viewer ?? null
}
