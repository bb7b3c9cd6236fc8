import { Center, Loader } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { createContext, use, useEffect, useLayoutEffect, useState, type ReactNode } from 'react'
import { hashOf } from '../api/operation.js'
import { queryClient } from '../api/query-client.js'
import { OperationFailed } from '../api/run-operation.js'
import { onSessionNews } from '../api/session-news.js'
import { showAccount } from '../api/shown-account.js'
import { refresh, useRead } from '../api/use-read.js'
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
      onSessionNews((news) => {
        if (news === 'ended') setEnded(true)
        else void refresh(SessionDocument)
      }),
    [],
  )
  const signedIn = (): void => {
    queryClient.clear()
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
  if (session.data === undefined)
    return session.error === null ? <Waiting /> : <Failure error={session.error} />
  const { me } = session.data
  const value: Session = {
    me,
    account: me.account ?? null,
    role: me.role ?? null,
    isPlatformAdmin: me.isPlatformAdmin,
  }
  return <Shown session={value}>{children}</Shown>
}

/**
 * The page of one person in one account. Before it becomes another one's, everything that was read and followed for the one
 * before is dropped, and the server is told from then on whose page asks.
 */
function Shown({ session, children }: { session: Session; children: ReactNode }): ReactNode {
  const { me, account } = session
  const whose = `${me.userId} ${account?.id ?? 'none'}`
  const [shown, setShown] = useState<string | null>(null)
  // Before the effects in which the screens begin to read and to follow.
  useLayoutEffect(() => {
    if (shown === whose) return
    queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== hashOf(SessionDocument) })
    reconnect()
    showAccount(account?.id ?? null)
    if (shown !== null) notifications.show({ message: `You work in ${account?.name ?? 'no account'} now.` })
    setShown(whose)
  }, [shown, whose, account])
  if (shown !== whose) return <Waiting />
  return (
    <SessionContext value={session} key={whose}>
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
