import { promises as dns, type LookupAddress, type LookupOptions } from 'node:dns'
import { isPublicAddress } from './public-address.js'

/** Thrown into the connection, and read from the failed call. */
export class AddressNotPublic extends Error {
  override readonly name = 'AddressNotPublic'
}

/** All addresses of a name; rejects when it has none. */
type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>

type Done = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void

/**
 * Resolves a name for a connection that is being opened, and refuses it when any of its addresses is not public. The
 * connection uses exactly what was looked at here, so a name cannot become another address in between.
 */
export function publicLookup(resolve: Resolve = askNameServers()) {
  return (hostname: string, options: LookupOptions, done: Done): void => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses
        if (first === undefined) done(new Error('the name has no address'), [])
        else if (!addresses.every(({ address }) => isPublicAddress(address)))
          done(new AddressNotPublic('a webhook goes to public addresses only'), [])
        else if (options.all === true) done(null, [...addresses])
        else done(null, first.address, first.family)
      },
      (error: unknown) => {
        done(error as Error, [])
      },
    )
  }
}

export interface NameServers {
  /** Instead of those of the system. */
  servers?: readonly string[]
  timeoutMs?: number
}

const TIMEOUT_MS = 2_000
/** A packet may be lost. */
const TRIES = 2

/**
 * Asks name servers itself. The system's own way, `dns.lookup`, has the few threads that the whole process shares: a name whose
 * server keeps silent would hold up the names of everything else, the carrier's among them.
 */
export function askNameServers({ servers, timeoutMs = TIMEOUT_MS }: NameServers = {}): Resolve {
  const resolver = new dns.Resolver({ timeout: timeoutMs, tries: TRIES })
  if (servers !== undefined) resolver.setServers(servers)
  return async (hostname) => {
    const [ipv4, ipv6] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)])
    if (ipv4.status === 'rejected' && ipv6.status === 'rejected') throw ipv4.reason as Error
    return [
      ...(ipv4.status === 'fulfilled' ? ipv4.value.map((address) => ({ address, family: 4 })) : []),
      ...(ipv6.status === 'fulfilled' ? ipv6.value.map((address) => ({ address, family: 6 })) : []),
    ]
  }
}
