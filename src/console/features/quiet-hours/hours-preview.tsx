import { Button, Group, SimpleGrid, Skeleton, Stack, Table, Text } from '@mantine/core'
import { DateTimePicker } from '@mantine/dates'
import '@mantine/dates/styles.css'
import { useState, type ReactNode } from 'react'
import { useRead } from '../../api/use-read.js'
import { SimulateHoursDocument, type SimulateHoursQuery } from '../../generated/graphql.js'
import { count, quantity, share, words } from '../../shared/format.js'
import { Instant, zoneName } from '../../shared/instant.js'
import { Failure } from '../../shared/problem.js'
import { Stat } from '../../shared/stat.js'
import { HourChart } from './hour-chart.js'

type Simulation = NonNullable<SimulateHoursQuery['simulateCampaignHours']>
const GROUPS_SHOWN = 12

/** For a campaign and a start: when each could be texted at the earliest, and why then. */
export function HoursPreview({ campaignId }: { campaignId: string }): ReactNode {
  const [startAt, setStartAt] = useState<string | null>(null)
  const { data, error } = useRead(
    SimulateHoursDocument,
    { campaignId, startAt: startAt === null ? null : new Date(startAt).toISOString() },
    { keepsPrevious: true },
  )
  return (
    <Stack gap="md">
      <DateTimePicker
        label={`If it starts (${zoneName})`}
        placeholder="Now"
        clearable
        clearButtonProps={{ 'aria-label': 'Now' }}
        maw={360}
        value={startAt}
        onChange={setStartAt}
      />
      <Failure error={error} />
      {data === undefined ? error === null ? <Skeleton height={220} /> : null : null}
      {data === undefined ? null : data.simulateCampaignHours == null ? (
        <Text c="dimmed">There is no such campaign in this account.</Text>
      ) : (
        <Answer simulation={data.simulateCampaignHours} />
      )}
    </Stack>
  )
}

function Answer({ simulation }: { simulation: Simulation }): ReactNode {
  const { recipients, openAtStart, lastOpensAt, neverOpen, groups, otherRecipients } = simulation
  const [isWhole, setWhole] = useState(false)
  const later = recipients - openAtStart - neverOpen
  if (recipients === 0) return <Text c="dimmed">Nobody would get it: the audience is empty.</Text>
  const shown = isWhole ? groups : groups.slice(0, GROUPS_SHOWN)
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
        <Stat
          label="At once"
          value={count(openAtStart)}
          tone={openAtStart === recipients ? 'good' : 'plain'}
          hint={`${share(openAtStart, recipients)} of ${quantity(recipients, 'person', 'people')}`}
        />
        <Stat
          label="Later, when their hours open"
          value={count(later)}
          hint={
            later === 0 ? (
              'Nobody has to wait'
            ) : (
              <>
                the last ones <Instant at={lastOpensAt} otherwise="never" />
              </>
            )
          }
        />
        <Stat
          label="Never"
          value={count(neverOpen)}
          tone={neverOpen > 0 ? 'warning' : 'plain'}
          hint="No hour is open in all places where they may be"
        />
      </SimpleGrid>
      <HourChart groups={groups} />
      <Table.ScrollContainer minWidth={640}>
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>From</Table.Th>
              <Table.Th ta="right">People</Table.Th>
              <Table.Th>Where they may be</Table.Th>
              <Table.Th>Why then</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((group, index) => (
              <Table.Tr key={`${group.regions.join()} ${group.zones.join()} ${String(index)}`}>
                <Table.Td style={{ whiteSpace: 'nowrap' }}>
                  {group.isOpen ? 'At once' : <Instant at={group.opensAt} otherwise="Never" />}
                </Table.Td>
                <Table.Td ta="right">{count(group.recipients)}</Table.Td>
                <Table.Td>
                  {group.regions.join(', ') || group.zones.join(', ')}
                  <Text size="xs" c="dimmed">
                    {words(group.source)} · {group.zones.join(', ')}
                  </Text>
                </Table.Td>
                <Table.Td>
                  {group.why ?? 'Their hours are open.'}
                  {group.isOpen ? null : (
                    <Text size="xs" c="dimmed">
                      There: {group.opensAtLocal.join(' · ') || '–'}
                    </Text>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Group gap="sm">
        {groups.length > shown.length ? (
          <Button
            variant="default"
            size="xs"
            onClick={() => {
              setWhole(true)
            }}
          >
            All {count(groups.length)} groups
          </Button>
        ) : null}
        <Text size="xs" c="dimmed">
          {otherRecipients > 0
            ? `${quantity(otherRecipients, 'person', 'people')} more in smaller groups. `
            : ''}
          How often one number is texted, the pace of sending and credits are not in it.
        </Text>
      </Group>
    </>
  )
}
