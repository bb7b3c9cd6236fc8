import { Button, Group, MultiSelect, Select } from '@mantine/core'
import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { usePages } from '../../api/use-pages.js'
import { AccountHistoryDocument, MembersDocument, type HistoryKind } from '../../generated/graphql.js'
import { BackLink } from '../../shared/back-link.js'
import { words } from '../../shared/format.js'
import { Page } from '../../shared/page.js'
import { PageWaiting } from '../../shared/page-waiting.js'
import { Failure } from '../../shared/problem.js'
import { HistoryTable } from './history-table.js'

const kinds: readonly HistoryKind[] = [
  ...(['MEMBERS', 'KEYS', 'SETTINGS', 'CONSENTS'] as const),
  ...(['CAMPAIGNS', 'DECISIONS', 'CREDITS', 'SENDING'] as const),
]

/** Who did what when. The filter stands in the address, so that it can be sent to a colleague. */
export function HistoryPage(): ReactNode {
  const [params, setParams] = useSearchParams()
  const chosen = params.getAll('kind') as HistoryKind[]
  const userId = params.get('person')
  const members = usePages(MembersDocument, {}, (result) => result.members).rows
  const { rows, error, isLoading, hasMore, isLoadingMore, loadMore } = usePages(
    AccountHistoryDocument,
    { kinds: chosen.length === 0 ? null : chosen, userId },
    ({ accountHistory }) => accountHistory,
  )
  const change = (name: string, values: readonly string[]): void => {
    setParams((before) => {
      const next = new URLSearchParams(before)
      next.delete(name)
      for (const value of values) next.append(name, value)
      return next
    })
  }
  return (
    <Page
      back={<BackLink to="/team">Team</BackLink>}
      title="Audit log"
      hint="Who did what when, newest first. Nothing of it can be changed. What happened to a text stands in its own story."
    >
      <Group gap="sm" align="flex-end">
        <Select
          label="Person"
          placeholder="Everybody"
          clearable
          searchable
          miw={240}
          data={members.map((member) => ({ value: member.userId, label: member.name }))}
          value={userId}
          onChange={(value) => {
            change('person', value === null ? [] : [value])
          }}
        />
        <MultiSelect
          label="About"
          placeholder={chosen.length === 0 ? 'Everything' : ''}
          clearable
          miw={240}
          data={kinds.map((kind) => ({ value: kind, label: words(kind) }))}
          value={chosen}
          onChange={(values) => {
            change('kind', values)
          }}
        />
      </Group>
      <Failure error={error} />
      {isLoading ? <PageWaiting /> : <HistoryTable rows={rows} />}
      {hasMore ? (
        <Group justify="center">
          <Button variant="default" loading={isLoadingMore} onClick={loadMore}>
            Earlier entries
          </Button>
        </Group>
      ) : null}
    </Page>
  )
}
