import ipaddr from 'ipaddr.js'

/** What one customer of a network is given at least, in groups of 16 bits: a /64. */
const NETWORK_GROUPS = 4

/**
 * Whose attempts count together. One customer has a whole /64 of IPv6, and could come from another address each time; an
 * address of IPv4 is the same one over a socket of IPv6. What is no address stays as it is.
 */
export function clientNetwork(clientAddress: string): string {
  if (!ipaddr.isValid(clientAddress)) return clientAddress
  const address = ipaddr.process(clientAddress)
  if (address instanceof ipaddr.IPv4) return address.toString()
  const groups = address.parts.slice(0, NETWORK_GROUPS).map((group) => group.toString(16))
  return `${groups.join(':')}::/64`
}
