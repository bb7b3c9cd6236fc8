import express, { Router, type CookieOptions, type Request, type Response } from 'express'
import { isOwnPage, SESSION_COOKIE } from '../../../platform/access/credential.js'
import type { Viewer } from '../../../platform/access/viewer.js'
import { clientAddress } from '../../../platform/http/client-address.js'
import type { AccountsDeps } from '../accounts-deps.js'
import { readSignInForm } from '../domain/sign-in-form.js'
import { signInRefusals } from '../graphql/refusals.js'
import { signIn } from '../sign-in.js'
import { signOut } from '../sign-out.js'

export interface SessionRouterDeps extends AccountsDeps {
  /** Whether browsers reach us over TLS; the cookie then never travels without it. */
  isSecure: boolean
  /** How many reverse proxies of our own each request passes. */
  trustedProxies: number
  identify: (request: Request) => Promise<Viewer | null>
}

/**
 * `POST /session` opens a session in a cookie that no script can read, `DELETE /session` ends it. The same sign-in, with
 * the same limits, as the mutation for programs; a session in the cookie runs the console's own operations only.
 */
export function sessionRouter(deps: SessionRouterDeps): Router {
  const router = Router()
  router.post('/session', express.json({ limit: '4kb' }), (request, response) =>
    open(deps, request, response),
  )
  router.delete('/session', (request, response) => end(deps, request, response))
  return router
}

async function open(deps: SessionRouterDeps, request: Request, response: Response): Promise<void> {
  const form = readSignInForm(request.body)
  if (!isOwnPage(request.headers) || form === null) {
    refuse(response, 400, 'wrong-credentials')
    return
  }
  const from = clientAddress(request, deps.trustedProxies)
  const result = await signIn(deps, { ...form, clientAddress: from })
  if (!result.ok) {
    refuse(response, result.reason === 'too-many-attempts' ? 429 : 401, result.reason)
    return
  }
  response.cookie(SESSION_COOKIE, result.token, { ...cookieOf(deps), expires: result.expiresAt.toJSDate() })
  response.status(201).json({ expiresAt: result.expiresAt.toISO() })
}

async function end(deps: SessionRouterDeps, request: Request, response: Response): Promise<void> {
  const viewer = await deps.identify(request)
  if (viewer?.kind === 'user') await signOut(deps, viewer)
  response.clearCookie(SESSION_COOKIE, cookieOf(deps))
  response.status(204).end()
}

function cookieOf({ isSecure }: SessionRouterDeps): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', secure: isSecure, path: '/' }
}

function refuse(response: Response, status: number, reason: keyof typeof signInRefusals): void {
  response.setHeader('cache-control', 'no-store')
  response.status(status).json({ refused: { reason, ...signInRefusals[reason] } })
}
