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

/** Why a call had no answer, in a word: never the words of the error, which name addresses of our network. */
export function nameProblem(error: unknown): CallProblem {
  const causes = chainOf(error)
  if (causes.some((cause) => cause instanceof AddressNotPublic)) return 'address-not-public'
  for (const { code } of causes) {
    if (code === undefined) continue
    if (names[code] !== undefined) return names[code]
    if (/CERT|TLS|SSL|SELF_SIGNED|ISSUER/.test(code)) return 'tls'
  }
  return 'connection'
}

interface Coded {
  code?: string
}

/** The error, and what is behind it. */
function chainOf(error: unknown, depth = 0): (Error & Coded)[] {
  if (!(error instanceof Error) || depth > 3) return []
  const behind = error instanceof AggregateError ? (error.errors as unknown[]) : [error.cause]
  return [error, ...behind.flatMap((one) => chainOf(one, depth + 1))]
}
