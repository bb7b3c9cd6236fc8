import { lookup, type LookupAddress, type LookupOptions } from 'node:dns'
import { isPublicAddress } from './public-address.js'

/** Thrown into the connection, and read from the failed call. */
export class AddressNotPublic extends Error {
  override readonly name = 'AddressNotPublic'
}

type Resolve = (
  hostname: string,
  options: LookupOptions & { all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

type Done = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void

/**
 * Resolves a name for a connection that is being opened, and refuses it when any of its addresses is not public. The
 * connection uses exactly what was looked at here, so a name cannot become another address in between.
 */
export function publicLookup(resolve: Resolve = lookup) {
  return (hostname: string, options: LookupOptions, done: Done): void => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        done(error, [])
        return
      }
      const [first] = addresses
      if (first === undefined) {
        done(new Error('the name has no address'), [])
        return
      }
      if (!addresses.every(({ address }) => isPublicAddress(address))) {
        done(new AddressNotPublic('a webhook goes to public addresses only'), [])
        return
      }
      if (options.all === true) done(null, addresses)
      else done(null, first.address, first.family)
    })
  }
}
