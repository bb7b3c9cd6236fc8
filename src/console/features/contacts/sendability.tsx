import { Badge, Group, VisuallyHidden } from '@mantine/core'
import { IconBan, IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { ConsentPurpose } from '../../generated/graphql.js'
import { words } from '../../shared/format.js'

interface SendabilityProps {
  sendability: readonly { purpose: ConsentPurpose; mayText: boolean; words: string }[]
}

/** For each purpose whether a text could go out now, and why. Long tables have hundreds of them: pointing shows a plain title. */
export function SendabilityBadges({ sendability }: SendabilityProps): ReactNode {
  return (
    <Group gap={4} wrap="nowrap">
      {sendability.map(({ purpose, mayText, words: why }) => (
        <Badge
          key={purpose}
          title={why}
          color={mayText ? 'teal' : 'gray'}
          variant="light"
          tt="none"
          radius="sm"
          leftSection={mayText ? <IconCheck size={12} aria-hidden /> : <IconBan size={12} aria-hidden />}
        >
          {words(purpose)}
          <VisuallyHidden>{mayText ? ': may be texted' : ': may not be texted'}</VisuallyHidden>
        </Badge>
      ))}
    </Group>
  )
}
