import ipaddr from 'ipaddr.js'

/** Allotted to hosts of the internet; what lies outside is translated, compatible with IPv4, or nobody's yet. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3')

/** Looks public, and is a cloud's own service beside each of its machines. */
const PLATFORM_ADDRESSES = new Set(['168.63.129.16'])

/** Everything that is not plainly somebody's public host is refused: private, loopback, mapped, translated, reserved ranges. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.process(text)
  if (address.range() !== 'unicast' || PLATFORM_ADDRESSES.has(address.toString())) return false
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_IPV6)
}

/** Names that never stand for a public host, whatever a resolver says. */
const PRIVATE_NAMES = /(^|\.)(localhost|localdomain|local|internal|home\.arpa)\.*$/

/**
 * Whether the host of a URL may be somebody's public one: an address that is public, or a name with a dot in it (others are
 * found on networks of one's own only). What a name stands for is asked when it is connected to.
 */
export function isPublicHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (ipaddr.isValid(host)) return isPublicAddress(host)
  return host.replace(/\.+$/, '').includes('.') && !PRIVATE_NAMES.test(host)
}
