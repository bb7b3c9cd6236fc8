import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { quantity } from './format.js'
import type { TextMeasure } from './measure-text.js'

interface SegmentMeterProps {
  measure: TextMeasure
  onReplace: (replace: readonly { character: string; replacement: string }[]) => void
}

/** Segments while typing, and the characters that make the text dearer, each with a button that replaces it. */
export function SegmentMeter({ measure, onReplace }: SegmentMeterProps): ReactNode {
  const { encoding, segments, characters, left, culprits } = measure
  return (
    <Stack gap="xs">
      <Group gap="xs" aria-live="polite">
        <Badge variant="light" color={encoding === 'GSM-7' ? 'teal' : 'orange'} tt="none">
          {encoding}
        </Badge>
        <Text size="sm">
          {quantity(segments, 'segment')} · {quantity(characters, 'character')} · {left} left in this segment
        </Text>
      </Group>
      {culprits.length === 0 ? null : (
        <Stack gap={6}>
          <Text size="sm">
            {culprits.length === 1 ? 'One character makes' : 'These characters make'} a segment hold 70
            characters instead of 160:
          </Text>
          <Group gap={6}>
            {culprits.map((culprit) => (
              <Button
                key={culprit.character}
                size="compact-sm"
                variant="light"
                color="orange"
                aria-label={`Replace ${culprit.character} ${culprit.replacement === '' ? 'by nothing' : `by ${culprit.replacement}`}`}
                onClick={() => {
                  onReplace([culprit])
                }}
              >
                {culprit.character.trim() === '' ? '␣' : culprit.character} →{' '}
                {culprit.replacement || 'remove'}
              </Button>
            ))}
            {culprits.length > 1 ? (
              <Button
                size="compact-sm"
                color="orange"
                onClick={() => {
                  onReplace(culprits)
                }}
              >
                Replace all
              </Button>
            ) : null}
          </Group>
        </Stack>
      )}
    </Stack>
  )
}
