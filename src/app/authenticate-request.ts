import type { Request } from 'express'
import type { Authenticator } from '../platform/access/authenticator.js'
import { identify, isLeftBehind } from '../platform/access/identify.js'
import { ACCOUNT_CHANGED_MESSAGE } from '../platform/access/shown-account.js'
import type { Viewer } from '../platform/access/viewer.js'

/** Express answers with its status. */
class AccountChanged extends Error {
  override readonly name = 'AccountChanged'
  readonly status = 409
  constructor() {
    super(ACCOUNT_CHANGED_MESSAGE)
  }
}

/**
 * Who asks for a file, by the same credentials as GraphQL; null for nobody, and for keys that run registered operations only.
 * Throws AccountChanged for a page that shows another account.
 */
export async function authenticateRequest(
  authenticator: Authenticator,
  request: Request,
): Promise<Viewer | null> {
  const viewer = await identify(authenticator, request.headers)
  if (viewer !== null && isLeftBehind(viewer, request.headers)) throw new AccountChanged()
  return viewer?.kind === 'apiKey' && viewer.operationsOnly ? null : viewer
}
