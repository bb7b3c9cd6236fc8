import type { IncomingMessage } from 'node:http'
import proxyAddr from 'proxy-addr'

/**
 * Where a request comes from, for throttling. Behind our own reverse proxies every connection is the last proxy's, and each
 * of them appends who called it to `x-forwarded-for`; what stands before that anybody may have written. Without
 * proxies of our own the header counts for nothing.
 */
export function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  // A request whose connection is gone already has no address, whatever the types say.
  const address = proxyAddr(request, (_address, hop) => hop < trustedProxies) as string | undefined
  return address ?? 'unknown'
}
