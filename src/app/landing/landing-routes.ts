import { Router } from 'express'
import { pageHtml } from './page-html.js'
import { pageScript } from './page-script.js'
import { pageStyle } from './page-style.js'

/** Only this page's own files, and only this server's API: nothing inline, nothing from elsewhere. */
const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** The page at `/explorer`: how to sign in as a program does, and a box to try the API in. */
export function landingRouter(): Router {
  const router = Router()
  const serve = (path: string, type: string, text: string): void => {
    router.get(path, (_request, response) => {
      response.setHeader('content-security-policy', CONTENT_POLICY)
      response.setHeader('cache-control', 'no-cache')
      response.type(type).send(text)
    })
  }
  serve('/explorer', 'html', pageHtml)
  serve('/landing.css', 'css', pageStyle)
  serve('/landing.js', 'js', pageScript)
  return router
}
