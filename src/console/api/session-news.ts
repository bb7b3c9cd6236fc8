/** `ended`: it does not hold any more. `changed`: it may be somebody else's, in another account, or with other rights. */
export type SessionNews = 'ended' | 'changed'

const listeners = new Set<(news: SessionNews) => void>()

/** Called by whoever hears of it from the server, which answers something else. */
export function reportSession(news: SessionNews): void {
  for (const listener of [...listeners]) listener(news)
}

export function onSessionNews(listener: (news: SessionNews) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
