import type { Router } from 'express'
import type { Authenticator } from '../platform/access/authenticator.js'
import { authenticateRequest } from './authenticate-request.js'
import { actorText, roleAtLeast } from '../platform/access/viewer.js'
import { importRouter } from '../slices/contacts/index.js'
import type { AppContext } from './app-context.js'
import { contactDeps } from './slice-deps.js'

/** Uploads of contact files and downloads of rejected rows, for the same credentials as GraphQL. */
export function importRoutes(app: AppContext, authenticator: Authenticator): Router {
  return importRouter({
    ...contactDeps(app),
    identify: async (request) => {
      const viewer = await authenticateRequest(authenticator, request)
      if (viewer === null || viewer.accountId === null || viewer.role === null) return null
      const actor =
        viewer.kind === 'user'
          ? actorText({ kind: 'user', id: viewer.userId })
          : actorText({ kind: 'api-key', id: viewer.apiKeyId })
      return { accountId: viewer.accountId, actor, maySend: roleAtLeast(viewer.role, 'operator') }
    },
  })
}
