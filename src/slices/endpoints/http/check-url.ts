import { URL_LENGTH_MAX } from '../domain/limits.js'
import { isPublicHost } from './public-address.js'

/** What the addresses of endpoints must be like. */
export interface TargetRules {
  /** For development: plain HTTP, any port, and addresses that are not public. */
  allowsPrivate: boolean
}

export type UrlProblem =
  'url-unreadable' | 'url-not-https' | 'url-has-credentials' | 'url-port-not-allowed' | 'url-not-public'

/** HTTPS has its own port; what programs listen on without privileges is allowed besides. Everything else is some other service's. */
const HTTPS_PORT = 443
const UNPRIVILEGED_PORTS_FROM = 1_024

type Check = readonly [UrlProblem, (url: URL, rules: TargetRules) => boolean]

/** In the order in which they are told. */
const checks: readonly Check[] = [
  ['url-unreadable', ({ hash, hostname }) => hash !== '' || hostname === ''],
  ['url-has-credentials', ({ username, password }) => username !== '' || password !== ''],
  [
    'url-not-https',
    ({ protocol }, rules) => protocol !== 'https:' && !(rules.allowsPrivate && protocol === 'http:'),
  ],
  ['url-port-not-allowed', (url, { allowsPrivate }) => !allowsPrivate && !isAllowedPort(url)],
  ['url-not-public', ({ hostname }, { allowsPrivate }) => !allowsPrivate && !isPublicHost(hostname)],
  ['url-unreadable', ({ href }) => href.length > URL_LENGTH_MAX],
]

/**
 * The address as it is stored, or why it may not be an endpoint's. Whether the host's addresses are public is asked at each
 * connection: a name may mean something else by then.
 */
export function checkUrl(
  text: string,
  rules: TargetRules,
): { ok: true; url: string } | { ok: false; reason: UrlProblem } {
  if (text.length > URL_LENGTH_MAX || !URL.canParse(text)) return { ok: false, reason: 'url-unreadable' }
  const url = new URL(text)
  const wrong = checks.find(([, isWrong]) => isWrong(url, rules))
  return wrong === undefined ? { ok: true, url: url.href } : { ok: false, reason: wrong[0] }
}

function isAllowedPort({ port }: URL): boolean {
  const number = port === '' ? HTTPS_PORT : Number(port)
  return number === HTTPS_PORT || number >= UNPRIVILEGED_PORTS_FROM
}
