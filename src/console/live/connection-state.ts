import { useSyncExternalStore } from 'react'

/** `idle`: nothing on the screen is live. */
export type ConnectionState = 'idle' | 'connecting' | 'connected' | 'reconnecting'

let socket: ConnectionState = 'idle'
let views = 0
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

export function useConnection(): ConnectionState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    // Without a live view nobody waits for the socket.
    () => (views === 0 ? 'idle' : socket),
  )
}
