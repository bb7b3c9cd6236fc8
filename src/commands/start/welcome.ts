import path from 'node:path'
import { SignInDocument } from '../../client/generated/graphql.js'
import { request } from '../../client/request.js'
import { localStateDirectory } from '../../local/environment.js'
import { say } from '../../local/print.js'
import type { DemoSignIn } from './seed-demo-data.js'

export interface WelcomeFacts {
  address: string
  /** Null on a database that is not the demo's. */
  demo: DemoSignIn | null
  isLocalCarrier: boolean
}

const exampleQuery = '{ me { name role account { name subscriptionState } } }'

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
    const example = await exampleFor(address, demo)
    if (example !== null) say(`\nA query to paste; its token is a session of that person:\n${example}`)
  } else say('Administrators    are made by  npm run admin -- --email <address> --name <name>')
  say()
  say(`Logs are in ${path.join(localStateDirectory(), 'logs')}. Ctrl-C stops everything and keeps the data.`)
}

/** Null when somebody has changed the demo password meanwhile. */
async function exampleFor(address: string, demo: DemoSignIn): Promise<string | null> {
  const { signIn } = await request({ address }, SignInDocument, {
    email: demo.email,
    password: demo.password,
  })
  if (signIn.__typename !== 'SignedIn') return null
  const body = JSON.stringify({ query: exampleQuery })
  return [
    `  curl -s ${address}/graphql -H 'content-type: application/json' -H 'authorization: Bearer ${signIn.token}' \\`,
    `    -d '${body}'`,
  ].join('\n')
}
