import { Chip, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { ruleOf, ruleWords, weekdayOf, weekdays, type Rhythm, type RhythmUnit } from './rhythm.js'

const TIMES_MAX = 500
const unitChoices = [
  { value: 'DAILY', label: 'days' },
  { value: 'WEEKLY', label: 'weeks' },
  { value: 'MONTHLY', label: 'months' },
]
const endChoices = [
  { value: 'times', label: 'after so many times' },
  { value: 'until', label: 'on a date' },
  { value: 'never', label: 'never' },
]

interface RhythmFormProps {
  rhythm: Rhythm
  /** Of the first occurrence. */
  date: string
  onChange: (rhythm: Rhythm) => void
}

/** How something recurs, in plain words; nobody has to know the language of rules. */
export function RhythmForm({ rhythm, date, onChange }: RhythmFormProps): ReactNode {
  const change = (part: Partial<Rhythm>): void => {
    onChange({ ...rhythm, ...part })
  }
  const first = weekdayOf(date)
  const rule = ruleOf(rhythm, date)
  return (
    <Stack gap="sm">
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <NumberInput
          label="Every"
          min={1}
          max={99}
          allowDecimal={false}
          w={80}
          value={rhythm.every}
          onChange={(every) => {
            change({ every: Number(every) })
          }}
        />
        <Select
          aria-label="Unit"
          data={unitChoices}
          value={rhythm.unit}
          allowDeselect={false}
          w={130}
          onChange={(unit) => {
            change({ unit: (unit ?? 'WEEKLY') as RhythmUnit })
          }}
        />
      </Group>
      {rhythm.unit === 'WEEKLY' ? (
        <div role="group" aria-label="On these days">
          <Chip.Group
            multiple
            value={[...rhythm.alsoOn, ...(first === null ? [] : [first.code])]}
            onChange={(alsoOn) => {
              change({ alsoOn: alsoOn.filter((code) => code !== first?.code) })
            }}
          >
            <Group gap={6}>
              {weekdays.map(({ code, short }) => (
                <Chip key={code} value={code} size="xs" disabled={code === first?.code}>
                  {short}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
          <Text size="xs" c="dimmed" mt={4}>
            The weekday of the first one always counts.
          </Text>
        </div>
      ) : null}
      {rhythm.unit === 'MONTHLY' ? (
        <Select
          label="On"
          data={[
            { value: 'date', label: 'the same date' },
            { value: 'weekday', label: 'the same weekday of the month' },
          ]}
          description={
            rhythm.monthly === 'date' ? 'A month that has no such date is left out.' : ruleWordsOf(rule, date)
          }
          value={rhythm.monthly}
          allowDeselect={false}
          onChange={(monthly) => {
            change({ monthly: monthly === 'weekday' ? 'weekday' : 'date' })
          }}
        />
      ) : null}
      <Group gap="xs" align="flex-end">
        <Select
          label="Ends"
          data={endChoices}
          value={rhythm.ends}
          allowDeselect={false}
          w={190}
          onChange={(ends) => {
            change({ ends: (ends ?? 'times') as Rhythm['ends'] })
          }}
        />
        {rhythm.ends === 'times' ? (
          <NumberInput
            label="Times"
            min={1}
            max={TIMES_MAX}
            allowDecimal={false}
            w={100}
            value={rhythm.times}
            onChange={(times) => {
              change({ times: Number(times) })
            }}
          />
        ) : null}
        {rhythm.ends === 'until' ? (
          <TextInput
            label="Last day"
            type="date"
            min={date}
            value={rhythm.until}
            onChange={(event) => {
              change({ until: event.currentTarget.value })
            }}
          />
        ) : null}
      </Group>
      <Text size="sm" fw={600} aria-live="polite">
        {ruleWordsOf(rule, date)}
      </Text>
    </Stack>
  )
}

function ruleWordsOf(rule: string | null, date: string): string {
  return rule === null ? 'Say when it begins and ends.' : ruleWords(rule, date)
}
