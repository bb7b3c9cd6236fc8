import { Center, Loader } from '@mantine/core'
import { createContext, use, useEffect, useState, type ReactNode } from 'react'
import { queryClient } from '../api/query-client.js'
import { OperationFailed } from '../api/run-operation.js'
import { onSessionEnd } from '../api/session-end.js'
import { useRead } from '../api/use-read.js'
import { SessionDocument, type Role, type SessionQuery } from '../generated/graphql.js'
import { reconnect } from '../live/live-client.js'
import { Failure } from '../shared/problem.js'
import { SignInPage } from './sign-in-page.js'

type Me = SessionQuery['me']

export interface Session {
  me: Me
  /** Null for an administrator who works in no account. */
  account: NonNullable<Me['account']> | null
  role: Role | null
  isPlatformAdmin: boolean
}

const SessionContext = createContext<Session | null>(null)
const rank: Readonly<Record<Role, number>> = { VIEWER: 0, OPERATOR: 1, OWNER: 2 }

/** Whoever is signed in. Only below SessionGate. */
export function useSession(): Session {
  const session = use(SessionContext)
  if (session === null) throw new Error('useSession belongs below SessionGate')
  return session
}

/** Whether the person has at least this role. What they may not do is not offered; the server decides all the same. */
export function useMay(role: Role): boolean {
  const { role: own } = useSession()
  return own !== null && rank[own] >= rank[role]
}

/** Shows the console to whoever is signed in, and the sign-in to everybody else. */
export function SessionGate({ children }: { children: ReactNode }): ReactNode {
  const [hasEnded, setEnded] = useState(false)
  const session = useRead(SessionDocument, {}, { isEnabled: !hasEnded })
  useEffect(
    () =>
      onSessionEnd(() => {
        setEnded(true)
      }),
    [],
  )
  const signedIn = (): void => {
    queryClient.clear()
    reconnect()
    setEnded(false)
    void session.refetch()
  }
  const fault = session.error ?? session.staleError
  const isAnonymous = fault instanceof OperationFailed && fault.code === 'UNAUTHENTICATED'
  if (hasEnded || isAnonymous) {
    const wasIn = session.data !== undefined
    return (
      <SignInPage
        onSignedIn={signedIn}
        hint={wasIn ? 'Your session has ended. Sign in again to go on.' : null}
      />
    )
  }
  if (session.error !== null) return <Failure error={session.error} />
  if (session.data === undefined) return <Waiting />
  const { me } = session.data
  const value: Session = {
    me,
    account: me.account ?? null,
    role: me.role ?? null,
    isPlatformAdmin: me.isPlatformAdmin,
  }
  return (
    <SessionContext value={value} key={value.account?.id ?? 'none'}>
      {children}
    </SessionContext>
  )
}

function Waiting(): ReactNode {
  return (
    <Center h="100dvh">
      <Loader aria-label="Loading" />
    </Center>
  )
}

/** Ends the session here and on the server. */
export async function signOut(): Promise<void> {
  await fetch('/session', { method: 'DELETE' })
  location.assign('/')
}
