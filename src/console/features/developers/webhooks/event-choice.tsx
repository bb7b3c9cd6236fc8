import { Accordion, Button, Checkbox, Code, Group, Input, Stack, Text } from '@mantine/core'
import { Fragment, useMemo, type ReactNode } from 'react'
import { groupEvents, type EventGroup, type EventType } from './event-groups.js'

export interface EventChoiceProps {
  types: readonly EventType[]
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
  error?: ReactNode
}

/** Which events: by group, each with what it means. */
export function EventChoice({ types, chosen, onChange, error }: EventChoiceProps): ReactNode {
  const groups = useMemo(() => groupEvents(types), [types])
  const isAll = types.every(({ name }) => chosen.includes(name))
  return (
    <Stack gap={6}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={500}>
          Events ({chosen.length} of {types.length})
        </Text>
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            onChange(isAll ? [] : types.map(({ name }) => name))
          }}
        >
          {isAll ? 'Choose none' : 'Choose all'}
        </Button>
      </Group>
      <Accordion multiple variant="contained" chevronPosition="left">
        {groups.map((group) => (
          <EventGroupItem key={group.title} group={group} chosen={chosen} onChange={onChange} />
        ))}
      </Accordion>
      {error == null ? null : <Input.Error role="alert">{error}</Input.Error>}
    </Stack>
  )
}

function EventGroupItem({
  group: { title, types },
  chosen,
  onChange,
}: { group: EventGroup } & Pick<EventChoiceProps, 'chosen' | 'onChange'>): ReactNode {
  const ofGroup = types.map(({ name }) => name)
  const taken = ofGroup.filter((name) => chosen.includes(name)).length
  const others = chosen.filter((name) => !ofGroup.includes(name))
  return (
    <Accordion.Item value={title}>
      <Accordion.Control>
        <Group justify="space-between" gap="xs" wrap="nowrap">
          <Text size="sm">{title}</Text>
          <Text size="sm" c="dimmed" style={{ flexShrink: 0 }}>
            {taken} of {types.length}
          </Text>
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        <Stack gap="sm">
          <Checkbox
            label={`Everything about ${title.toLowerCase()}`}
            checked={taken === types.length}
            indeterminate={taken > 0 && taken < types.length}
            onChange={(event) => {
              onChange(event.currentTarget.checked ? [...others, ...ofGroup] : others)
            }}
          />
          {types.map(({ name, description }) => (
            <Checkbox
              key={name}
              ml="md"
              label={name}
              description={<InCode text={description} />}
              checked={chosen.includes(name)}
              onChange={(event) => {
                const without = chosen.filter((one) => one !== name)
                onChange(event.currentTarget.checked ? [...without, name] : without)
              }}
            />
          ))}
        </Stack>
      </Accordion.Panel>
    </Accordion.Item>
  )
}

/** Descriptions put names between backticks. */
function InCode({ text }: { text: string }): ReactNode {
  return text
    .split('`')
    .map((part, index) =>
      index % 2 === 1 ? <Code key={index}>{part}</Code> : <Fragment key={index}>{part}</Fragment>,
    )
}
