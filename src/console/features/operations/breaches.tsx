import { Button, Group, Paper, Stack, Switch, Text } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useAction } from '../../api/use-action.js'
import { usePages } from '../../api/use-pages.js'
import {
  AcknowledgeBreachDocument,
  AuditBreachesDocument,
  type AuditBreachesQuery,
} from '../../generated/graphql.js'
import { AskReason } from '../../shared/ask-reason.js'
import { Empty } from '../../shared/empty.js'
import { Instant } from '../../shared/instant.js'
import { Failure, Problem } from '../../shared/problem.js'

type Breach = AuditBreachesQuery['auditBreaches']['edges'][number]['node']

/** Rows that broke a rule which must hold at every instant; new ones are pushed. */
export function Breaches(): ReactNode {
  const [openOnly, setOpenOnly] = useState(true)
  const { rows, error, hasMore, loadMore } = usePages(
    AuditBreachesDocument,
    { openOnly },
    (result) => result.auditBreaches,
  )
  return (
    <Stack gap="sm">
      <Switch
        label="Only those that still hold"
        checked={openOnly}
        onChange={(event) => {
          setOpenOnly(event.currentTarget.checked)
        }}
      />
      <Failure error={error} />
      {rows.length === 0 && error === null ? (
        <Empty icon={<IconShieldCheck />} title="Every rule holds">
          The audit looks at what is new all the time and at everything once a day.
        </Empty>
      ) : null}
      {rows.map((breach) => (
        <BreachCard key={breach.id} breach={breach} />
      ))}
      {hasMore ? (
        <Button variant="default" onClick={loadMore}>
          More
        </Button>
      ) : null}
    </Stack>
  )
}

function BreachCard({ breach }: { breach: Breach }): ReactNode {
  const [isAsking, setAsking] = useState(false)
  const acknowledge = useAction(AcknowledgeBreachDocument, (result) => result.acknowledgeBreach, [
    AuditBreachesDocument,
  ])
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" align="flex-start">
        <div style={{ minWidth: 0 }}>
          <Text fw={600}>
            {breach.invariant}: {breach.rule}
          </Text>
          <Text size="sm">{breach.what}</Text>
          <Text size="sm" c="dimmed">
            {breach.why} Found <Instant at={breach.firstSeenAt} />.{' '}
            {breach.accountId == null ? 'Concerns the platform.' : `Account ${breach.accountId}.`}
            {breach.stopsSending ? ' It keeps the account from sending.' : ''}
          </Text>
          {breach.acknowledgedAt == null ? null : (
            <Text size="sm">
              Answered for by {breach.acknowledgedBy} <Instant at={breach.acknowledgedAt} />:{' '}
              {breach.acknowledgedReason}
            </Text>
          )}
        </div>
        {breach.acknowledgedAt == null ? (
          <Button
            size="xs"
            variant="light"
            onClick={() => {
              setAsking(true)
            }}
          >
            Answer for it…
          </Button>
        ) : null}
      </Group>
      <AskReason
        isOpen={isAsking}
        title={`Answer for ${breach.invariant}?`}
        confirm="I have looked into it"
        isRunning={acknowledge.isRunning}
        problem={<Problem of={acknowledge} />}
        onClose={() => {
          setAsking(false)
        }}
        onConfirm={(reason) =>
          void acknowledge.run({ id: breach.id, reason }).then((done) => {
            if (done !== null) setAsking(false)
          })
        }
      >
        {breach.what}. The account may send again. The breach stays in the history.
      </AskReason>
    </Paper>
  )
}
