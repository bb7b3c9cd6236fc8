import type { Router } from 'express'
import type { Authenticator } from '../platform/access/authenticator.js'
import { authenticateRequest } from './authenticate-request.js'
import { statementRouter } from '../slices/credits/index.js'
import type { AppContext } from './app-context.js'

/** The statement as a file, for the same credentials as GraphQL. */
export function statementRoutes(app: AppContext, authenticator: Authenticator): Router {
  return statementRouter({
    db: app.db,
    identify: async (request) => {
      const viewer = await authenticateRequest(authenticator, request)
      // Every role of an account may read its statement.
      return viewer?.accountId == null || viewer.role === null ? null : { accountId: viewer.accountId }
    },
  })
}
