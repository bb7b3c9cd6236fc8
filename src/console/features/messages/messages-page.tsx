import { Group, MultiSelect, Select } from '@mantine/core'
import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { useRead } from '../../api/use-read.js'
import { CampaignsDocument, type MessageState } from '../../generated/graphql.js'
import { startOfToday } from '../../shared/clock.js'
import { words } from '../../shared/format.js'
import { Page } from '../../shared/page.js'
import { MessageTable } from './message-table.js'

const states: readonly MessageState[] = [
  ...(['PENDING', 'DISPATCHING', 'ACCEPTED', 'UNKNOWN', 'UNPROVEN'] as const),
  ...(['FAILED', 'SUPPRESSED', 'EXPIRED', 'CANCELLED'] as const),
]

/** The log of all texts. The filter stands in the address, so that it can be sent to a colleague. */
export function MessagesPage(): ReactNode {
  const [params, setParams] = useSearchParams()
  const chosen = params.getAll('state') as MessageState[]
  const campaignId = params.get('campaign')
  const isToday = params.get('since') === 'today'
  const campaigns = useRead(CampaignsDocument, { states: null }).data?.campaigns.edges ?? []
  const change = (name: string, values: readonly string[]): void => {
    setParams((before) => {
      const next = new URLSearchParams(before)
      next.delete(name)
      for (const value of values) next.append(name, value)
      return next
    })
  }
  return (
    <Page title="Messages" hint="Newest first; new ones appear as they come.">
      <Group gap="sm" align="flex-end">
        <MultiSelect
          label="State"
          placeholder={chosen.length === 0 ? 'All' : ''}
          data={states.map((state) => ({ value: state, label: words(state) }))}
          value={chosen}
          clearable
          miw={220}
          onChange={(values) => {
            change('state', values)
          }}
        />
        <Select
          label="Campaign"
          placeholder="All, and single texts"
          clearable
          searchable
          data={campaigns.map(({ node }) => ({ value: node.id, label: node.name }))}
          value={campaignId}
          onChange={(value) => {
            change('campaign', value === null ? [] : [value])
          }}
        />
        <Select
          label="Written"
          data={[
            { value: 'ever', label: 'At any time' },
            { value: 'today', label: 'Today' },
          ]}
          allowDeselect={false}
          value={isToday ? 'today' : 'ever'}
          onChange={(value) => {
            change('since', value === 'today' ? ['today'] : [])
          }}
        />
      </Group>
      <MessageTable
        filter={{
          states: chosen.length === 0 ? null : chosen,
          campaignId,
          since: isToday ? startOfToday().toISOString() : null,
        }}
      />
    </Page>
  )
}
