import type { CallProblem } from '../domain/call-outcome.js'
import { AddressNotPublic } from './public-lookup.js'

const names: Readonly<Record<string, CallProblem>> = {
  ENOTFOUND: 'name-not-found',
  EAI_AGAIN: 'name-not-found',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
  EPROTO: 'tls',
}

/**
 * `queryA`, `queryAaaa`: the name servers said no (ENODATA, ESERVFAIL, EREFUSED), nothing (ETIMEOUT), or nothing that can be read.
 * Some of these codes mean something else of a connection: ECONNREFUSED is a name server that is not there.
 */
const NAME_QUERY = /^query/

/** Why a call had no answer, in a word: never the words of the error, which name addresses of our network. */
export function nameProblem(error: unknown): CallProblem {
  const causes = chainOf(error)
  if (causes.some((cause) => cause instanceof AddressNotPublic)) return 'address-not-public'
  for (const { code, syscall } of causes) {
    if (code === undefined) continue
    if (syscall !== undefined && NAME_QUERY.test(syscall)) return 'name-not-found'
    if (names[code] !== undefined) return names[code]
    if (/CERT|TLS|SSL|SELF_SIGNED|ISSUER/.test(code)) return 'tls'
  }
  return 'connection'
}

interface Told {
  code?: string
  syscall?: string
  cause?: unknown
  /** Of several attempts at once. */
  errors?: readonly unknown[]
}

/** The error, and what is behind it. */
function chainOf(error: unknown, depth = 0): Told[] {
  if (typeof error !== 'object' || error === null || depth > 3) return []
  const told: Told = error
  return [told, ...[told.cause, ...(told.errors ?? [])].flatMap((one) => chainOf(one, depth + 1))]
}
