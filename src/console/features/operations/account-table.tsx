import { Badge, Text } from '@mantine/core'
import { IconBuilding } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { usePages } from '../../api/use-pages.js'
import { AccountsDocument, type AccountsQuery } from '../../generated/graphql.js'
import { DataTable, type Column } from '../../shared/data-table.js'
import { Empty } from '../../shared/empty.js'
import { words } from '../../shared/format.js'
import { Failure } from '../../shared/problem.js'

type Row = AccountsQuery['accounts']['edges'][number]['node']

export function AccountTable(): ReactNode {
  const navigate = useNavigate()
  const pages = usePages(AccountsDocument, {}, ({ accounts }) => accounts)
  return (
    <>
      <Failure error={pages.error} />
      <DataTable
        {...pages}
        label="Accounts"
        columns={columns}
        rowKey={({ id }) => id}
        onOpen={({ id }) => void navigate(`/operations/accounts/${id}`)}
        empty={
          <Empty icon={<IconBuilding />} title="No account yet">
            An account owns its contacts, campaigns and credits.
          </Empty>
        }
      />
    </>
  )
}

const columns: readonly Column<Row>[] = [
  {
    header: 'Account',
    width: 'minmax(12rem, 2fr)',
    cell: ({ name }) => (
      <Text fw={600} size="sm">
        {name}
      </Text>
    ),
  },
  {
    header: 'Sends',
    width: '6rem',
    cell: ({ maySend }) => (
      <Badge color={maySend ? 'teal' : 'red'} variant="light" tt="none">
        {maySend ? 'Yes' : 'No'}
      </Badge>
    ),
  },
  { header: 'Subscription', width: '9rem', cell: ({ subscriptionState }) => words(subscriptionState) },
  {
    header: 'Stopped by',
    width: 'minmax(12rem, 2fr)',
    cell: ({ sendingStops }) => sendingStops.map(({ cause }) => words(cause)).join(', ') || '–',
  },
]
