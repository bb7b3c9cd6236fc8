import { refresh } from '../../api/use-read.js'
import {
  BillingDocument,
  BillingEventsDocument,
  BillingOrdersDocument,
  BillingPaymentsDocument,
} from '../../generated/graphql.js'
import { useLiveValue } from '../../live/use-live-value.js'
import { useRefreshOn } from '../../live/use-refresh-on.js'

const REFRESH_MS = 500

/** Reads orders, payments and plan again when the payment provider's word has changed something. */
export function useBillingNews(): void {
  const seq = useLiveValue(BillingEventsDocument, {}, ({ billingEvents }) => billingEvents.seq, {
    position: { argument: 'afterSeq', start: 0, of: ({ billingEvents }) => billingEvents.seq },
  })
  useRefreshOn(seq, REFRESH_MS, () => {
    void refresh(BillingDocument, BillingOrdersDocument, BillingPaymentsDocument)
  })
}
