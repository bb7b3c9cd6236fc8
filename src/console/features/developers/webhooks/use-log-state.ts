import { refresh } from '../../../api/use-read.js'
import {
  WebhookEndpointsDocument,
  WebhookLogDocument,
  type EndpointFragment,
} from '../../../generated/graphql.js'
import { useLiveValue } from '../../../live/use-live-value.js'
import { useRefreshOn } from '../../../live/use-refresh-on.js'

const REFRESH_MS = 1_500

export type LogNumbers = Pick<EndpointFragment, 'waiting' | 'delivered' | 'failed'> & {
  lastChangeAt: string | null
}

/** The numbers of an endpoint as they move. When it is switched off by itself, the list of endpoints is read again. */
export function useLogState(endpoint: EndpointFragment): LogNumbers {
  const live = useLiveValue(WebhookLogDocument, { endpointId: endpoint.id }, ({ webhookLog }) => webhookLog)
  const change = live === null ? null : `${live.lastChangeAt ?? ''} ${String(live.enabled)}`
  useRefreshOn(change, REFRESH_MS, () => {
    void refresh(WebhookEndpointsDocument)
  })
  const { waiting, delivered, failed } = live ?? endpoint
  return { waiting, delivered, failed, lastChangeAt: live?.lastChangeAt ?? null }
}
