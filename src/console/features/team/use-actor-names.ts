import { usePages } from '../../api/use-pages.js'
import { MembersDocument } from '../../generated/graphql.js'

/** Turns what histories keep, `user:…` or `api-key:…`, into whom people know. */
export function useActorNames(): (actor: string) => string {
  const { rows } = usePages(MembersDocument, {}, ({ members }) => members)
  return (actor) => {
    const [kind, id] = actor.split(':', 2)
    if (kind === 'api-key') return 'An API key'
    if (kind === 'admin') return 'The platform'
    return rows.find(({ userId }) => userId === id)?.name ?? 'A former member'
  }
}
