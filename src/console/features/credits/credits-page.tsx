import { Alert, Button, SimpleGrid, Stack, Table, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { refresh, useRead } from '../../api/use-read.js'
import { useMay } from '../../app/session.js'
import {
  CampaignsDocument,
  CreditLotsDocument,
  CreditUsesDocument,
  ExplainBalanceDocument,
  type BalanceFragment,
} from '../../generated/graphql.js'
import { useRefreshOn } from '../../live/use-refresh-on.js'
import { count, quantity, words } from '../../shared/format.js'
import { Instant } from '../../shared/instant.js'
import { Page } from '../../shared/page.js'
import { Failure } from '../../shared/problem.js'
import { Section } from '../../shared/section.js'
import { SplitBar } from '../../shared/split-bar.js'
import { Stat } from '../../shared/stat.js'
import { OrderNotice } from './order-notice.js'
import { StatementButton } from './statement-button.js'
import { useBalance } from './use-balance.js'
import { Waterfall } from './waterfall.js'

const REFRESH_MS = 1_000

/** Where every credit is, where it came from, and where it went. */
export function CreditsPage(): ReactNode {
  const balance = useBalance()
  const isOwner = useMay('OWNER')
  useRefreshOn(balance?.seq, REFRESH_MS, () => {
    void refresh(CreditLotsDocument, ExplainBalanceDocument, CreditUsesDocument)
  })
  return (
    <Page
      title="Credits"
      actions={
        <>
          <Button component={Link} to="/credits/ledger" variant="default">
            Ledger
          </Button>
          <StatementButton>Statement</StatementButton>
          {isOwner ? (
            <Button component={Link} to="/credits/buy">
              Buy credits
            </Button>
          ) : null}
        </>
      }
    >
      <OrderNotice />
      {balance !== null && balance.debt > 0 ? (
        <Alert color="red" title={`${quantity(balance.debt, 'credit')} are owed`}>
          A payment was taken back after its credits had been used. Sending waits until they are paid; the
          next purchase pays them first.
        </Alert>
      ) : null}
      <Split balance={balance} />
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Section title={balance === null ? 'Why' : `Why is the balance ${count(balance.available)}?`}>
          <Waterfall />
        </Section>
        <Section title="Lots" hint="Spent from the top: by priority, then what expires first.">
          <Lots />
        </Section>
      </SimpleGrid>
      <Section title="What they were used for">
        <Uses />
      </Section>
    </Page>
  )
}

function Split({ balance }: { balance: BalanceFragment | null }): ReactNode {
  const show = (value: number | undefined): string => (value === undefined ? '…' : count(value))
  const { available = 0, held = 0, spent = 0 } = balance ?? {}
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
        <Stat
          label="Available"
          value={<span data-balance="available">{show(balance?.available)}</span>}
          hint="To spend now"
          tone="good"
        />
        <Stat
          label="Held"
          value={<span data-balance="held">{show(balance?.held)}</span>}
          hint="For texts in flight or unknown"
        />
        <Stat
          label="Spent"
          value={<span data-balance="spent">{show(balance?.spent)}</span>}
          hint="On texts, less refunds"
        />
        <Stat label="Expired" value={show(balance?.expired)} hint="Ran out of time" />
      </SimpleGrid>
      <SplitBar
        label="Credits"
        total={available + held + spent}
        height={12}
        parts={[
          { name: 'Available', value: available, colour: 'teal-6' },
          { name: 'Held', value: held, colour: 'blue-5' },
          { name: 'Spent', value: spent, colour: 'gray-5' },
        ]}
      />
    </Stack>
  )
}

function Lots(): ReactNode {
  const { data, error } = useRead(CreditLotsDocument, {})
  if (error !== null) return <Failure error={error} />
  const lots = data?.creditLots ?? []
  if (lots.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No credits yet. Each purchase, plan month or gift becomes a lot with its own expiry.
      </Text>
    )
  }
  return (
    <Table.ScrollContainer minWidth={380}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>From</Table.Th>
            <Table.Th ta="right">Left</Table.Th>
            <Table.Th>Expires</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lots.map((lot) => (
            <Table.Tr key={lot.lotNo}>
              <Table.Td>
                {words(lot.source)}
                <Text size="xs" c="dimmed">
                  No. {lot.lotNo}, <Instant at={lot.createdAt} />
                </Text>
              </Table.Td>
              <Table.Td ta="right">
                {count(lot.remainingCredits)}
                <Text size="xs" c="dimmed">
                  of {count(lot.amountCredits)}
                </Text>
              </Table.Td>
              <Table.Td>
                <Instant at={lot.expiresAt} otherwise="Never" />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function Uses(): ReactNode {
  const { data, error } = useRead(CreditUsesDocument, {})
  const { data: campaigns } = useRead(CampaignsDocument, { states: null })
  if (error !== null) return <Failure error={error} />
  const uses = data?.creditUses ?? []
  const names = new Map(campaigns?.campaigns.edges.map(({ node }) => [node.id, node.name]))
  if (uses.length === 0) return <Text c="dimmed">Nothing has been spent yet.</Text>
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Use</Table.Th>
            <Table.Th ta="right">Texts</Table.Th>
            <Table.Th ta="right">Spent</Table.Th>
            <Table.Th ta="right">Held</Table.Th>
            <Table.Th ta="right">Refunded</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {uses.map((use) => (
            <Table.Tr key={use.campaignId ?? use.use}>
              <Table.Td>
                {use.campaignId == null ? (
                  words(use.use)
                ) : (
                  <Link to={`/campaigns/${use.campaignId}`}>
                    {names.get(use.campaignId) ?? 'An older campaign'}
                  </Link>
                )}
              </Table.Td>
              <Table.Td ta="right">{count(use.messages)}</Table.Td>
              <Table.Td ta="right">{count(use.spent)}</Table.Td>
              <Table.Td ta="right">{count(use.held)}</Table.Td>
              <Table.Td ta="right">{count(use.refunded)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
