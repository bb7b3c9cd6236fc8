const listeners = new Set<() => void>()

/** Called by whoever hears from the server that the session does not hold any more. */
export function reportSessionEnd(): void {
  for (const listener of [...listeners]) listener()
}

export function onSessionEnd(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
