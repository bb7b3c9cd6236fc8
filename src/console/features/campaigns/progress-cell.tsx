import { Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ProgressFragment } from '../../generated/graphql.js'
import { count } from '../../shared/format.js'
import { SplitBar } from '../../shared/split-bar.js'
import { doneOf, progressParts } from './progress-parts.js'

/** How far a campaign is, as a bar and as numbers. */
export function ProgressCell({ progress }: { progress: ProgressFragment }): ReactNode {
  const { audienceSize } = progress
  if (audienceSize === 0) {
    return (
      <Text size="sm" c="dimmed">
        Not started
      </Text>
    )
  }
  return (
    <Group gap="xs" wrap="nowrap">
      <div style={{ flex: 1 }}>
        <SplitBar label="Progress" parts={progressParts(progress)} total={audienceSize} height={8} />
      </div>
      <Text size="xs" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {count(doneOf(progress))} / {count(audienceSize)}
      </Text>
    </Group>
  )
}
