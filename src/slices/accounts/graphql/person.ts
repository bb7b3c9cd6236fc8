import type { UserViewer } from '../../../platform/access/viewer.js'
import { forbidden, type GraphContext } from '../../../platform/graphql/index.js'

/** The person who is asking. Some things are not for programs: sessions, passwords, making further keys. */
export function personOf(context: GraphContext): UserViewer {
  const { viewer } = context
  if (viewer?.kind !== 'user') throw forbidden('This is for people: sign in instead of using an API key.')
  return viewer
}
