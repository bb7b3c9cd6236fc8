import { useEffect, useEffectEvent } from 'react'
import {
  CampaignEventsDocument,
  SendingEventsDocument,
  OperationEventsDocument,
} from '../generated/graphql.js'
import { followSeq } from './follow-seq.js'

/**
 * Reads something again when anything happens to messages, to campaigns, or to what holds them up: at most once in this time, and once
 * when the streams have begun. Hundreds of events a second draw nothing; only what is read does.
 */
export function useRefreshOnEvents(intervalMs: number, read: () => void): void {
  const readAgain = useEffectEvent(read)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const heard = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined
        readAgain()
      }, intervalMs)
    }
    const leaveMessages = followSeq(
      SendingEventsDocument,
      {},
      ({ messageEvents }) => messageEvents.seq,
      heard,
    )
    const leaveCampaigns = followSeq(
      CampaignEventsDocument,
      {},
      ({ campaignEvents }) => campaignEvents.seq,
      heard,
    )
    const leaveOperations = followSeq(
      OperationEventsDocument,
      {},
      ({ operationEvents }) => operationEvents.seq,
      heard,
    )
    return () => {
      clearTimeout(timer)
      leaveMessages()
      leaveCampaigns()
      leaveOperations()
    }
  }, [intervalMs])
}
