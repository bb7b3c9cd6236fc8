import { disabledWords } from '../domain/delivery-state.js'
import type { ListedEndpoint } from '../list-endpoints.js'
import type { WebhookEndpointType } from './endpoints.types.js'

export function toEndpoint({ state, disabledReason, ...row }: ListedEndpoint): WebhookEndpointType {
  return {
    ...row,
    enabled: state === 'enabled',
    disabled: disabledReason === null ? null : { reason: disabledReason, ...disabledWords[disabledReason] },
  }
}
