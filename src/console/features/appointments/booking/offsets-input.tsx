import { Button, Group, NumberInput, Pill, Select, Stack, Text, Tooltip } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { offsetText } from '../wording.js'

const OFFSETS_MAX = 10
const MINUTES_MIN = 5
const MINUTES_MAX = 30 * 24 * 60
const unitMinutes: Readonly<Record<string, number>> = { minutes: 1, hours: 60, days: 24 * 60 }

interface OffsetsInputProps {
  label: string
  offsets: readonly number[]
  onChange: (offsets: number[]) => void
}

/** How long before the beginning people are reminded. */
export function OffsetsInput({ label, offsets, onChange }: OffsetsInputProps): ReactNode {
  const [amount, setAmount] = useState<number | string>(2)
  const [unit, setUnit] = useState('hours')
  const minutes = Math.round(Number(amount) * (unitMinutes[unit] ?? 1))
  const sorted = [...offsets].sort((one, two) => two - one)
  const problem = problemWith(minutes, offsets)
  return (
    <Stack gap={6} role="group" aria-label={label}>
      <Text size="sm" fw={500}>
        {label}
      </Text>
      <Pill.Group>
        {sorted.map((offset) => (
          <Pill
            key={offset}
            withRemoveButton
            removeButtonProps={{
              'aria-label': `No reminder ${offsetText(offset)} before`,
              'aria-hidden': false,
              tabIndex: 0,
            }}
            onRemove={() => {
              onChange(sorted.filter((other) => other !== offset))
            }}
          >
            {offsetText(offset)} before
          </Pill>
        ))}
        {sorted.length === 0 ? (
          <Text size="sm" c="dimmed">
            Nobody is reminded.
          </Text>
        ) : null}
      </Pill.Group>
      <Group gap="xs" align="flex-end">
        <NumberInput
          aria-label="How long before"
          size="xs"
          w={70}
          min={1}
          value={amount}
          onChange={setAmount}
        />
        <Select
          aria-label="Unit of the reminder"
          size="xs"
          w={110}
          data={Object.keys(unitMinutes)}
          value={unit}
          allowDeselect={false}
          onChange={(value) => {
            setUnit(value ?? 'hours')
          }}
        />
        <Tooltip label={problem} disabled={problem === null}>
          <Button
            size="xs"
            variant="default"
            disabled={problem !== null}
            onClick={() => {
              onChange([...offsets, minutes])
            }}
          >
            Add a reminder
          </Button>
        </Tooltip>
      </Group>
    </Stack>
  )
}

function problemWith(minutes: number, offsets: readonly number[]): string | null {
  if (offsets.length >= OFFSETS_MAX) return 'Ten reminders are the most'
  if (offsets.includes(minutes)) return 'There is one at this time already'
  if (!(minutes >= MINUTES_MIN && minutes <= MINUTES_MAX)) return 'From 5 minutes to 30 days before'
  return null
}
