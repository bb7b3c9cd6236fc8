import path from 'node:path'
import { localStateDirectory } from '../../local/environment.js'
import { say } from '../../local/print.js'
import type { DemoSignIn } from './seed-demo-data.js'

export interface WelcomeFacts {
  address: string
  /** Null on a database that holds somebody's own accounts. */
  demo: DemoSignIn | null
  isLocalCarrier: boolean
}

const query = '{ me { name role account { name subscriptionState } } }'

/** What a person needs next: where it is, how to sign in, and one query that works when pasted. */
export async function welcome(facts: WelcomeFacts): Promise<void> {
  const { address, demo, isLocalCarrier } = facts
  say()
  say(`Tollgate runs at  ${address}`)
  say(`GraphQL           ${address}/graphql  (WebSocket: ${address.replace(/^http/, 'ws')}/graphql)`)
  say(
    `Texts go to       ${isLocalCarrier ? 'the local carrier; none leaves this machine' : 'Twilio, and real phones'}`,
  )
  if (demo) {
    say(`Sign in as        ${demo.email}  password: ${demo.password}`)
    for (const { email, role } of demo.others) say(`  or              ${email}  (${role}, same password)`)
    say()
    say('A query to paste; its token is a session of that person:')
    say(await exampleFor(address, demo))
  }
  say()
  say(`Logs are in ${path.join(localStateDirectory(), 'logs')}. Ctrl-C stops everything and keeps the data.`)
}

async function exampleFor(address: string, demo: DemoSignIn): Promise<string> {
  const token = await openSession(address, demo)
  const authorization = token === null ? '' : ` -H 'authorization: Bearer ${token}'`
  const body = JSON.stringify(token === null ? signInRequest(demo) : { query })
  return `  curl -s ${address}/graphql -H 'content-type: application/json'${authorization} \\\n    -d '${body}'`
}

function signInRequest({ email, password }: DemoSignIn): object {
  return {
    query:
      'mutation SignIn($email: EmailAddress!, $password: Password!) { signIn(email: $email, password: $password) { ... on SignedIn { token } } }',
    variables: { email, password },
  }
}

/** Null when the demo password was changed meanwhile; then the example is the sign-in itself. */
async function openSession(address: string, demo: DemoSignIn): Promise<string | null> {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(signInRequest(demo)),
    signal: AbortSignal.timeout(10_000),
  })
  const answer = (await response.json()) as { data?: { signIn?: { token?: string } } }
  return answer.data?.signIn?.token ?? null
}
