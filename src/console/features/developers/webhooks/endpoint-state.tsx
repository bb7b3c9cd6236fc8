import { Alert, Badge } from '@mantine/core'
import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { EndpointFragment } from '../../../generated/graphql.js'
import { Instant } from '../../../shared/instant.js'

type Standing = Pick<EndpointFragment, 'enabled' | 'failingSince'>

export function EndpointBadge({ endpoint }: { endpoint: Standing }): ReactNode {
  const [word, colour] = standingOf(endpoint)
  return (
    <Badge color={colour} variant="light" radius="sm" tt="none" fw={600} style={{ flexShrink: 0 }}>
      {word}
    </Badge>
  )
}

function standingOf({ enabled, failingSince }: Standing): [word: string, colour: string] {
  if (!enabled) return ['Off', 'gray']
  return failingSince == null ? ['On', 'teal'] : ['Failing', 'red']
}

/** Why nothing is taken or sent at all, and what to do; nothing on a good day. */
export function EndpointNotice({
  endpoint: { disabled, failingSince },
  action,
}: {
  endpoint: EndpointFragment
  action?: ReactNode
}): ReactNode {
  if (disabled != null) {
    return (
      <Alert
        color={disabled.reason === 'BY_USER' ? 'gray' : 'orange'}
        icon={<IconPlugConnectedX />}
        title={disabled.message}
        data-disabled={disabled.reason}
      >
        {disabled.remedy}
        {disabled.reason === 'BY_USER' ? null : ' What happens meanwhile is not lost.'}
        {action}
      </Alert>
    )
  }
  if (failingSince == null) return null
  return (
    <Alert color="orange" icon={<IconAlertTriangle />} title="Every try fails">
      Since <Instant at={failingSince} />. The log says what the receiver answered. When five days pass like
      this, the endpoint is switched off by itself.
    </Alert>
  )
}
