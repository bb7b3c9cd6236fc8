import { Badge, Drawer, Text } from '@mantine/core'
import { IconHelpHexagon } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { usePages } from '../../api/use-pages.js'
import { UnknownOutcomesOfDocument, type UnknownOutcomesOfQuery } from '../../generated/graphql.js'
import { DataTable, type Column } from '../../shared/data-table.js'
import { Empty } from '../../shared/empty.js'
import { count, words } from '../../shared/format.js'
import { Instant } from '../../shared/instant.js'
import { Failure } from '../../shared/problem.js'
import { UnknownInspection } from './unknown-inspection.js'

type Row = UnknownOutcomesOfQuery['unknownOutcomesOf']['edges'][number]['node']

/** Calls of one account whose outcome is or was unknown; opening one shows all that is known, and the decisions. */
export function UnknownList({ accountId }: { accountId: string }): ReactNode {
  const [openId, setOpenId] = useState<string | null>(null)
  const pages = usePages(
    UnknownOutcomesOfDocument,
    { accountId, states: null },
    (result) => result.unknownOutcomesOf,
  )
  return (
    <>
      <Failure error={pages.error} />
      <DataTable
        {...pages}
        label="Unknown outcomes"
        columns={columns}
        rowKey={({ attemptId }) => attemptId}
        onOpen={({ attemptId }) => {
          setOpenId(attemptId)
        }}
        height="26rem"
        empty={
          <Empty icon={<IconHelpHexagon />} title="Every outcome is known">
            When an answer of the carrier gets lost, the call shows up here until it is proved or closed.
          </Empty>
        }
      />
      <Drawer
        opened={openId !== null}
        onClose={() => {
          setOpenId(null)
        }}
        position="right"
        size="lg"
        title="What is known of this call"
      >
        {openId === null ? null : <UnknownInspection accountId={accountId} attemptId={openId} />}
      </Drawer>
    </>
  )
}

const columns: readonly Column<Row>[] = [
  { header: 'Called', width: '9rem', cell: ({ claimedAt }) => <Instant at={claimedAt} hasSeconds /> },
  {
    header: 'Known',
    width: '8rem',
    cell: ({ state }) => (
      <Badge variant="light" color={state === 'UNKNOWN' ? 'orange' : 'gray'} tt="none">
        {words(state)}
      </Badge>
    ),
  },
  {
    header: 'Credits',
    width: '10rem',
    cell: ({ money, cost }) => `${count(cost)} ${words(money).toLowerCase()}`,
  },
  { header: 'Looked up', width: '6rem', isNumber: true, cell: ({ lookUps }) => count(lookUps) },
  {
    header: 'Next by itself',
    width: 'minmax(12rem, 1fr)',
    cell: ({ nextStep, nextStepAt }) => (
      <Text size="sm" truncate>
        {words(nextStep)} {nextStepAt == null ? '' : <Instant at={nextStepAt} />}
      </Text>
    ),
  },
]
