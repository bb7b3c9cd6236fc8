import type { ListedDeliveryFragment } from '../../../generated/graphql.js'
import { words } from '../../../shared/format.js'

type Answer = Pick<ListedDeliveryFragment['attempts'][number], 'status' | 'problem'>

/** Why a call was not taken, as people say it. */
const problems: Readonly<Record<string, string>> = {
  rejected: 'Not taken',
  redirected: 'Redirected, and redirects are not followed',
  timeout: 'No answer within ten seconds',
  'name-not-found': 'The name of the host is not known',
  'address-not-public': 'The address is not a public one',
  tls: 'The certificate or the encryption failed',
  connection: 'No connection',
  'secret-unreadable': 'The secret cannot be read: roll it',
  lost: 'Tollgate stopped while it was calling',
}

/** "200", "500 Not taken", "No connection". */
export function answerOf({ status, problem }: Answer): string {
  const reason = problem == null ? '' : (problems[problem] ?? words(problem))
  return status == null ? reason : `${String(status)} ${reason}`.trim()
}
