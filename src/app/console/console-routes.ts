import fs from 'node:fs'
import path from 'node:path'
import express, { Router, type RequestHandler } from 'express'

/**
 * Our own files, and this server's API. Styles may stand in the page because the component library writes the ones that
 * depend on its properties at run time; scripts may not.
 */
const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** The console: its files, whose names change with their content, and its page for every address that is one of its own. */
export function consoleRouter(files: string): Router {
  const router = Router()
  const index = path.join(files, 'index.html')
  if (!fs.existsSync(index)) return withoutBuild(router)
  router.use('/assets', preferCompressed(path.join(files, 'assets')))
  router.use(
    '/assets',
    express.static(path.join(files, 'assets'), { immutable: true, maxAge: '1y', index: false }),
  )
  const page = fs.readFileSync(index, 'utf8')
  router.get(/^\/(?!assets\/)/, (request, response, next) => {
    if (request.accepts(['html', 'json']) !== 'html') {
      next()
      return
    }
    response.setHeader('content-security-policy', CONTENT_POLICY)
    response.setHeader('cache-control', 'no-cache')
    response.type('html').send(page)
  })
  return router
}

/** The build compresses once, so that no request has to. */
function preferCompressed(directory: string): RequestHandler {
  const compressed = new Set(fs.readdirSync(directory).filter((name) => name.endsWith('.gz')))
  return (request, response, next) => {
    const name = request.path.slice(1)
    response.vary('accept-encoding')
    if (compressed.has(`${name}.gz`) && request.acceptsEncodings('gzip') === 'gzip') {
      response.setHeader('content-encoding', 'gzip')
      response.type(path.extname(name))
      request.url = `/${name}.gz`
    }
    next()
  }
}

/** Somebody runs the sources as they are: the API is there, the console is not. */
function withoutBuild(router: Router): Router {
  router.get('/', (_request, response) => {
    response.redirect('/explorer')
  })
  return router
}
