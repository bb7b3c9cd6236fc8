import { Button, MultiSelect, Text, TextInput, Group } from '@mantine/core'
import { IconListDetails, IconSearch } from '@tabler/icons-react'
import { useMemo, useState, type ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { usePages } from '../../api/use-pages.js'
import { refresh } from '../../api/use-read.js'
import {
  CreditStatementDocument,
  type CreditStatementQuery,
  type TransferKind,
} from '../../generated/graphql.js'
import { useRefreshOn } from '../../live/use-refresh-on.js'
import { BackLink } from '../../shared/back-link.js'
import { DataTable, type Column } from '../../shared/data-table.js'
import { Empty } from '../../shared/empty.js'
import { count, signed, words } from '../../shared/format.js'
import { Instant } from '../../shared/instant.js'
import { Page } from '../../shared/page.js'
import { Failure } from '../../shared/problem.js'
import { StatementButton } from './statement-button.js'
import { useBalance } from './use-balance.js'

type Line = CreditStatementQuery['creditStatement']['edges'][number]['node']

const kinds: readonly TransferKind[] = [
  ...(['GRANT', 'HOLD', 'CAPTURE', 'RELEASE', 'REFUND', 'LATE_CHARGE'] as const),
  ...(['DEDUCTION', 'EXPIRY', 'CLAWBACK', 'DEBT_CHARGE', 'DEBT_REPAYMENT'] as const),
]
const REFRESH_MS = 2_000
const ROWS_REFRESHED_MAX = 400

/** Every transfer, newest first, with the balance after it. */
export function LedgerPage(): ReactNode {
  const navigate = useNavigate()
  const balance = useBalance()
  const [chosen, setChosen] = useState<TransferKind[]>([])
  const [search, setSearch] = useState('')
  const pages = usePages(CreditStatementDocument, {}, ({ creditStatement }) => creditStatement)
  useRefreshOn(balance?.seq, REFRESH_MS, () => {
    if (pages.rows.length <= ROWS_REFRESHED_MAX) void refresh(CreditStatementDocument)
  })
  const needle = search.trim().toLowerCase()
  const rows = useMemo(
    () =>
      pages.rows.filter(
        (line) =>
          (chosen.length === 0 || chosen.includes(line.kind)) &&
          (needle === '' || textOf(line).includes(needle)),
      ),
    [pages.rows, chosen, needle],
  )
  const isFiltered = chosen.length > 0 || needle !== ''
  return (
    <Page
      title="Ledger"
      back={<BackLink to="/credits">Credits</BackLink>}
      hint="Nothing in it can be changed: a mistake is put right by another entry."
      actions={<StatementButton>Whole statement</StatementButton>}
    >
      <Group align="flex-end" gap="sm">
        <TextInput
          label="Search"
          placeholder="Number, reason, message, who"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value)
          }}
        />
        <MultiSelect
          label="Kind"
          placeholder={chosen.length === 0 ? 'All' : ''}
          miw={220}
          data={kinds.map((kind) => ({ value: kind, label: words(kind) }))}
          value={chosen}
          clearable
          onChange={(values) => {
            setChosen(values)
          }}
        />
        {isFiltered && pages.hasMore ? (
          <Group gap="xs">
            <Text size="sm" c="dimmed">
              Searched the newest {count(pages.rows.length)}.
            </Text>
            <Button
              size="compact-sm"
              variant="default"
              loading={pages.isLoadingMore}
              onClick={pages.loadMore}
            >
              Search further back
            </Button>
          </Group>
        ) : null}
      </Group>
      <Failure error={pages.error} />
      <DataTable
        {...pages}
        rows={rows}
        hasMore={pages.hasMore && !isFiltered}
        label="Ledger"
        columns={columns}
        rowKey={({ seq }) => seq}
        onOpen={({ messageId }) => {
          if (messageId != null) void navigate(`/messages/${messageId}`)
        }}
        empty={
          <Empty icon={<IconListDetails />} title={isFiltered ? 'Nothing like that' : 'No transfer yet'}>
            Every credit that moves leaves an entry here: grants, holds, what was spent, what came back.
          </Empty>
        }
      />
    </Page>
  )
}

function textOf({ seq, kind, description, reason, actor, messageId }: Line): string {
  return `${String(seq)} ${kind} ${description} ${reason ?? ''} ${actor} ${messageId ?? ''}`.toLowerCase()
}

const columns: readonly Column<Line>[] = [
  { header: 'No.', width: '5rem', isNumber: true, cell: ({ seq }) => count(seq) },
  { header: 'When', width: '9rem', cell: ({ at }) => <Instant at={at} hasSeconds /> },
  {
    header: 'What',
    width: 'minmax(16rem, 3fr)',
    cell: ({ description, reason }) => (reason == null ? description : `${description}: ${reason}`),
  },
  {
    header: 'Lot',
    width: '8rem',
    cell: ({ lotNo, lotSource }) => `${String(lotNo)}, ${words(lotSource).toLowerCase()}`,
  },
  {
    header: 'Available',
    width: '6rem',
    isNumber: true,
    cell: ({ availableChange }) => change(availableChange),
  },
  { header: 'Held', width: '5rem', isNumber: true, cell: ({ heldChange }) => change(heldChange) },
  { header: 'Available after', width: '8rem', isNumber: true, cell: ({ available }) => count(available) },
  { header: 'Who', width: '10rem', cell: ({ actor }) => actor },
]

function change(credits: number): string {
  return credits === 0 ? '–' : signed(credits)
}
