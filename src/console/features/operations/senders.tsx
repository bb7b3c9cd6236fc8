import { Button, Group, NumberInput, Paper, Stack, Text } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useAction } from '../../api/use-action.js'
import { useRead } from '../../api/use-read.js'
import { PlatformDocument, SetSenderPaceDocument, type PlatformQuery } from '../../generated/graphql.js'
import { rate } from '../../shared/format.js'
import { Failure, Problem } from '../../shared/problem.js'

type Sender = PlatformQuery['senders'][number]

/** How fast each sender may hand segments to the carrier. */
export function Senders(): ReactNode {
  const { data, error } = useRead(PlatformDocument, {})
  if (error !== null) return <Failure error={error} />
  return (
    <Stack gap="sm">
      {data?.senders.map((sender) => (
        <SenderCard key={sender.address} sender={sender} />
      ))}
      {data?.senders.length === 0 ? <Text c="dimmed">A sender appears with its first text.</Text> : null}
    </Stack>
  )
}

function SenderCard({ sender }: { sender: Sender }): ReactNode {
  const [pace, setPace] = useState<number | string>(sender.segmentsPerSecond ?? '')
  const set = useAction(SetSenderPaceDocument, (result) => result.setSenderPace, [PlatformDocument])
  const { address } = sender
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" align="flex-end">
        <div>
          <Text fw={600}>{address}</Text>
          <Text size="sm" c="dimmed">
            {sender.isUnlimited
              ? 'No limit'
              : sender.segmentsPerSecond == null
                ? 'As the program is set up'
                : `${rate(sender.segmentsPerSecond)} segments`}
          </Text>
        </div>
        <Group align="flex-end" gap="xs">
          <NumberInput label="Segments a second" min={0.1} w={150} value={pace} onChange={setPace} />
          <Button
            variant="default"
            loading={set.isRunning}
            disabled={typeof pace !== 'number'}
            onClick={() => void set.run({ address, isUnlimited: false, segmentsPerSecond: Number(pace) })}
          >
            Set
          </Button>
          <Button
            variant="subtle"
            onClick={() => void set.run({ address, isUnlimited: true, segmentsPerSecond: null })}
          >
            No limit
          </Button>
        </Group>
      </Group>
      <Problem of={set} />
    </Paper>
  )
}
