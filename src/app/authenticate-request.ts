import type { Request } from 'express'
import type { Authenticator } from '../platform/access/authenticator.js'
import { identify } from '../platform/access/identify.js'
import type { Viewer } from '../platform/access/viewer.js'

/** Who asks for a file, by the same credentials as GraphQL; null for nobody, and for keys that run registered operations only. */
export async function authenticateRequest(
  authenticator: Authenticator,
  request: Request,
): Promise<Viewer | null> {
  const viewer = await identify(authenticator, request.headers)
  return viewer?.kind === 'apiKey' && viewer.operationsOnly ? null : viewer
}
