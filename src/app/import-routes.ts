import { Router, type Request } from 'express'
import type { Authenticator } from '../platform/access/authenticator.js'
import { authenticateRequest } from './authenticate-request.js'
import { actorText, roleAtLeast } from '../platform/access/viewer.js'
import { consentRouter, importRouter, type Uploader } from '../slices/contacts/index.js'
import type { AppContext } from './app-context.js'
import { contactDeps } from './slice-deps.js'

/** Contact files, rejected rows and the history of consent, for the same credentials as GraphQL. */
export function importRoutes(app: AppContext, authenticator: Authenticator): Router {
  const identify = async (request: Request): Promise<Uploader | null> => {
    const viewer = await authenticateRequest(authenticator, request)
    if (viewer === null || viewer.accountId === null || viewer.role === null) return null
    const actor =
      viewer.kind === 'user'
        ? actorText({ kind: 'user', id: viewer.userId })
        : actorText({ kind: 'api-key', id: viewer.apiKeyId })
    return { accountId: viewer.accountId, actor, maySend: roleAtLeast(viewer.role, 'operator') }
  }
  return Router()
    .use(importRouter({ ...contactDeps(app), identify }))
    .use(consentRouter({ db: app.db, identify }))
}
