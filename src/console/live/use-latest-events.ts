import { CampaignEventsDocument, OperationEventsDocument } from '../generated/graphql.js'
import { useLiveValue } from './use-live-value.js'

/** A number that changes whenever something happens to messages, or to what holds them up. Null before the first time. */
export function useLatestEvents(): number | null {
  const messages = useLiveValue(CampaignEventsDocument, {}, ({ messageEvents }) => messageEvents.seq, {
    position: { argument: 'afterSeq', of: ({ messageEvents }) => messageEvents.seq },
  })
  const operations = useLiveValue(OperationEventsDocument, {}, ({ operationEvents }) => operationEvents.seq, {
    position: { argument: 'afterSeq', of: ({ operationEvents }) => operationEvents.seq },
  })
  return messages === null && operations === null ? null : Math.max(messages ?? 0, operations ?? 0)
}
