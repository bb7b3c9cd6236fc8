import { Anchor, Badge, Table, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useRead } from '../../api/use-read.js'
import { BillingPaymentsDocument, type BillingPaymentsQuery } from '../../generated/graphql.js'
import { money, quantity, words } from '../../shared/format.js'
import { Instant } from '../../shared/instant.js'
import { Failure } from '../../shared/problem.js'

interface Entry {
  id: string
  at: string
  what: ReactNode
  state: string
  amount: string
  note: string
}

/** Payments, invoices and top-ups in one list, newest first. */
export function PaymentHistory(): ReactNode {
  const { data, error } = useRead(BillingPaymentsDocument, {})
  if (error !== null) return <Failure error={error} />
  const entries = data === undefined ? [] : entriesOf(data)
  if (entries.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Nothing was paid so far. Receipts and invoices appear here.
      </Text>
    )
  }
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>When</Table.Th>
            <Table.Th>What</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th ta="right">Amount</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map(({ id, at, what, state, amount, note }) => (
            <Table.Tr key={id}>
              <Table.Td>
                <Instant at={at} />
              </Table.Td>
              <Table.Td>
                {what}
                {note === '' ? null : (
                  <Text size="xs" c="dimmed">
                    {note}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                <Badge variant="light" tt="none" radius="sm">
                  {words(state)}
                </Badge>
              </Table.Td>
              <Table.Td ta="right">{amount}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function entriesOf({ billingPayments, billingInvoices, topUps }: BillingPaymentsQuery): Entry[] {
  const payments = billingPayments.edges.map(({ node }): Entry => ({
    id: node.id,
    at: node.createdAt,
    what: link(node.receiptUrl, 'Payment'),
    state: node.disputeOpen ? 'disputed' : node.status,
    amount: money(node.amountMinor, node.currency),
    note: [
      node.refundedMinor > 0 ? `${money(node.refundedMinor, node.currency)} refunded` : '',
      node.failure == null ? '' : words(node.failure),
      node.fraudWarned ? 'Reported as fraud by the bank' : '',
    ]
      .filter(Boolean)
      .join(' · '),
  }))
  const invoices = billingInvoices.edges.map(({ node }): Entry => ({
    id: node.id,
    at: node.createdAt,
    what: link(node.hostedUrl, `Invoice ${node.number ?? ''}`),
    state: node.status,
    amount: money(node.totalMinor, node.currency),
    note: '',
  }))
  const charged = topUps.edges.map(({ node }): Entry => ({
    id: node.id,
    at: node.requestedAt,
    what: `Automatic top-up of ${quantity(node.credits, 'credit')}`,
    state: node.state,
    amount: money(node.amountMinor, 'usd'),
    note: node.failure == null ? '' : words(node.failure),
  }))
  return [...payments, ...invoices, ...charged].sort((left, right) => right.at.localeCompare(left.at))
}

function link(url: string | null | undefined, text: string): ReactNode {
  if (url == null) return text
  return (
    <Anchor href={url} target="_blank" rel="noreferrer" size="sm">
      {text}
    </Anchor>
  )
}
