import { useSyncExternalStore } from 'react'

/** What keeps a single view from being live while the socket is open: it is being begun again, or the server refuses it. */
type Trouble = 'reconnecting' | 'refused'

/** `idle`: nothing on the screen is live. */
export type ConnectionState = 'idle' | 'connecting' | 'connected' | Trouble

let socket: ConnectionState = 'idle'
let views = 0
const troubles: Record<Trouble, number> = { reconnecting: 0, refused: 0 }
const listeners = new Set<() => void>()

/** What the socket says of itself. */
export function setConnection(state: ConnectionState): void {
  socket = state
  tell()
}

function tell(): void {
  for (const listener of [...listeners]) listener()
}

/** Counts a live view in; the returned function counts it out. */
export function addView(): () => void {
  views += 1
  tell()
  return () => {
    views -= 1
    tell()
  }
}

/** Counts a view in that is not live; the returned function counts it out. */
export function addTrouble(trouble: Trouble): () => void {
  troubles[trouble] += 1
  tell()
  return () => {
    troubles[trouble] -= 1
    tell()
  }
}

export function useConnection(): ConnectionState {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, present)
}

/** The worst that is the case. */
function present(): ConnectionState {
  // Without a live view nobody waits for the socket.
  if (views === 0) return 'idle'
  if (troubles.reconnecting > 0 || socket === 'reconnecting') return 'reconnecting'
  if (socket === 'connecting') return socket
  return troubles.refused > 0 ? 'refused' : socket
}
