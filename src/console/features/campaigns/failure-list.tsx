import { Table, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { refresh, useRead } from '../../api/use-read.js'
import { CampaignFailuresDocument } from '../../generated/graphql.js'
import { useRefreshOn } from '../../live/use-refresh-on.js'
import { count } from '../../shared/format.js'
import { Failure } from '../../shared/problem.js'
import type { Progress } from './campaign-page.js'

const REFRESH_MS = 2_000

/** Why texts failed, in words, most frequent first. */
export function FailureList({ campaignId, progress }: { campaignId: string; progress: Progress }): ReactNode {
  const { data, error } = useRead(CampaignFailuresDocument, { id: campaignId })
  useRefreshOn(progress.failed + progress.undelivered, REFRESH_MS, () => {
    void refresh(CampaignFailuresDocument)
  })
  if (error !== null) return <Failure error={error} />
  const failures = data?.campaign?.failures ?? []
  if (failures.length === 0) return <Text c="dimmed">Nothing has gone wrong so far.</Text>
  return (
    <Table.ScrollContainer minWidth={500}>
      <Table verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>What happened</Table.Th>
            <Table.Th>What to do</Table.Th>
            <Table.Th ta="right">Texts</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {failures.map(({ errorCode, words, remedy, messages }) => (
            <Table.Tr key={`${String(errorCode)}${words}`}>
              <Table.Td>
                {words}
                {errorCode == null ? null : (
                  <Text size="xs" c="dimmed">
                    Code {errorCode}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>{remedy}</Table.Td>
              <Table.Td ta="right">{count(messages)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
