import { useSyncExternalStore } from 'react'

/** `idle`: nothing on the screen is live. */
export type ConnectionState = 'idle' | 'connecting' | 'connected' | 'reconnecting'

let current: ConnectionState = 'idle'
const listeners = new Set<() => void>()

export function setConnection(state: ConnectionState): void {
  current = state
  for (const listener of listeners) listener()
}

export function useConnection(): ConnectionState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
}
