import { LiveBalanceDocument, type BalanceFragment } from '../../generated/graphql.js'
import { useLiveValue } from '../../live/use-live-value.js'

/** The credits of the account, now and whenever they differ; null until they are known. */
export function useBalance(): BalanceFragment | null {
  return useLiveValue(LiveBalanceDocument, {}, ({ creditBalance }) => creditBalance, {
    position: { argument: 'afterSeq', of: ({ creditBalance }) => creditBalance.seq },
  })
}
