import { Button, Group, Paper, Stack, Text } from '@mantine/core'
import { IconScale } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useAction } from '../../api/use-action.js'
import { useRead } from '../../api/use-read.js'
import {
  CorrectBillingDifferenceDocument,
  PlatformDocument,
  type PlatformQuery,
} from '../../generated/graphql.js'
import { Empty } from '../../shared/empty.js'
import { words } from '../../shared/format.js'
import { Instant } from '../../shared/instant.js'
import { Failure, Problem } from '../../shared/problem.js'

type Difference = PlatformQuery['billingDifferences'][number]

/** What the payment provider has and what is written here, where the two do not agree. */
export function Differences(): ReactNode {
  const { data, error } = useRead(PlatformDocument, {})
  if (error !== null) return <Failure error={error} />
  if (data === undefined) return null
  if (data.billingDifferences.length === 0) {
    return (
      <Empty icon={<IconScale />} title="Both sides agree">
        The payment provider’s records are compared with ours again and again.
      </Empty>
    )
  }
  return (
    <Stack gap="sm">
      {data.billingDifferences.map((difference) => (
        <DifferenceCard key={difference.id} difference={difference} />
      ))}
    </Stack>
  )
}

function DifferenceCard({ difference }: { difference: Difference }): ReactNode {
  const correct = useAction(CorrectBillingDifferenceDocument, (result) => result.correctBillingDifference, [
    PlatformDocument,
  ])
  return (
    <Paper withBorder p="md">
      <Group justify="space-between">
        <div>
          <Text fw={600}>{words(difference.what)}</Text>
          <Text size="sm" c="dimmed">
            {words(difference.objectKind)} {difference.objectId}, found <Instant at={difference.foundAt} />
          </Text>
        </div>
        <Button
          size="xs"
          variant="light"
          loading={correct.isRunning}
          onClick={() => void correct.run({ id: difference.id })}
        >
          Read it again
        </Button>
      </Group>
      <Problem of={correct} />
    </Paper>
  )
}
