import { useRef, useState } from 'react'
import { runOperation } from '../../api/run-operation.js'
import {
  CampaignRecipientsDocument,
  type CampaignRecipientsQuery,
  type RecipientState,
} from '../../generated/graphql.js'
import { csvLine, saveFile } from '../../shared/save-file.js'

export interface Export {
  /** Rows so far; null while nothing is exported. */
  rows: number | null
  error: Error | null
  start: () => void
  stop: () => void
}

const header = ['place', 'number', 'state', 'reason', 'tries', 'segments', 'credits', 'message']

/** Reads all recipients page by page and hands them over as a file. Can be stopped; a part is never saved as the whole. */
export function useExport(campaignId: string, states: RecipientState[] | null, name: string): Export {
  const [rows, setRows] = useState<number | null>(null)
  const [error, setError] = useState<Error | null>(null)
  const ending = useRef<AbortController | null>(null)
  const run = async (signal: AbortSignal): Promise<void> => {
    const lines = [csvLine(header)]
    for (let after: string | null = null, isLast = false; !isLast;) {
      const { campaignRecipients: page }: CampaignRecipientsQuery = await runOperation(
        CampaignRecipientsDocument,
        { campaignId, states, after },
        signal,
      )
      for (const { node } of page.edges) {
        const { place, phone, state, stateReason, skipReason, tries, segments, credits, messageId } = node
        lines.push(
          csvLine([place, phone, state, skipReason ?? stateReason, tries, segments, credits, messageId]),
        )
      }
      setRows(lines.length - 1)
      after = page.pageInfo.endCursor ?? null
      isLast = !page.pageInfo.hasNextPage
    }
    saveFile(`${name.replaceAll(/[^\w-]+/g, '-')}-recipients.csv`, lines)
  }
  return {
    rows,
    error,
    stop: () => {
      ending.current?.abort()
    },
    start: () => {
      const ender = new AbortController()
      ending.current = ender
      setError(null)
      setRows(0)
      run(ender.signal)
        .catch((failure: unknown) => {
          if (!ender.signal.aborted && failure instanceof Error) setError(failure)
        })
        .finally(() => {
          setRows(null)
        })
    },
  }
}
