import type { Router } from 'express'
import type { Authenticator } from '../platform/access/authenticator.js'
import { sessionRouter } from '../slices/accounts/index.js'
import type { AppContext } from './app-context.js'
import { authenticateRequest } from './authenticate-request.js'

/** Sign-in and sign-out of the console. */
export function sessionRoutes(app: AppContext, authenticator: Authenticator): Router {
  return sessionRouter({
    ...app,
    isSecure: app.config.publicBaseUrl.startsWith('https:'),
    trustedProxies: app.config.trustedProxies,
    identify: (request) => authenticateRequest(authenticator, request),
  })
}
