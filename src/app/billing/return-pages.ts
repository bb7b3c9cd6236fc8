import { Router } from 'express'

const CONTENT_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/**
 * Where customers come back to after a checkout. The page promises nothing: the credits come when the payment provider
 * says that the payment succeeded, and that word does not come through the customer's browser.
 */
export function billingReturnRouter(): Router {
  const router = Router()
  const serve = (path: string, title: string, text: string): void => {
    router.get(path, (_request, response) => {
      response.setHeader('content-security-policy', CONTENT_POLICY)
      response.setHeader('cache-control', 'no-store')
      response
        .type('html')
        .send(
          `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta http-equiv="refresh" content="2;url=/credits"><h1>${title}</h1><p>${text}</p><p><a href="/credits">Back to your credits</a></p></html>`,
        )
    })
  }
  serve(
    '/billing/paid',
    'Thank you',
    'The credits are added as soon as the payment is confirmed, usually within seconds.',
  )
  serve('/billing/cancelled', 'Nothing was paid', 'The order can still be paid until it expires.')
  return router
}
