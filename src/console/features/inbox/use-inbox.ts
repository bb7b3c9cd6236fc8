import { InboxEventsDocument, type InboxEventsSubscription } from '../../generated/graphql.js'
import { useLiveValue } from '../../live/use-live-value.js'

type News = InboxEventsSubscription['inboxEvents']

/** How the inbox stands and what happened to it last; one subscription for everybody on the page who shows it. */
export function useInbox(): News | null {
  return useLiveValue(InboxEventsDocument, {}, ({ inboxEvents }) => inboxEvents, {
    position: { argument: 'afterSeq', of: ({ inboxEvents }) => inboxEvents.seq },
  })
}
