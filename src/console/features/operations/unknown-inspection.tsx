import { Button, Group, Loader, Stack, Text } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { newKey } from '../../api/new-key.js'
import { useAction } from '../../api/use-action.js'
import { useRead } from '../../api/use-read.js'
import {
  DecideUnknownOutcomeDocument,
  UnknownOutcomeOfDocument,
  UnknownOutcomesOfDocument,
  type UnknownDecision,
} from '../../generated/graphql.js'
import { AskReason } from '../../shared/ask-reason.js'
import { Facts } from '../../shared/facts.js'
import { quantity, words } from '../../shared/format.js'
import { Instant } from '../../shared/instant.js'
import { Failure, Problem } from '../../shared/problem.js'
import { FactTable, Story } from '../messages/story.js'

interface UnknownInspectionProps {
  accountId: string
  attemptId: string
}

const decisions: readonly { decision: UnknownDecision; label: string; effect: string }[] = [
  {
    decision: 'CHARGE',
    label: 'Close, charged',
    effect: 'Its credits count as spent for good; it is never sent again.',
  },
  {
    decision: 'GIVE_BACK',
    label: 'Close, given back',
    effect: 'Its credits go back; it is never sent again.',
  },
  {
    decision: 'SEND_AGAIN',
    label: 'Send again',
    effect: 'Only where the carrier was proved to refuse late calls and does not have it.',
  },
]

/** Everything that is known, and what can be decided about it. */
export function UnknownInspection({ accountId, attemptId }: UnknownInspectionProps): ReactNode {
  const { data, error } = useRead(UnknownOutcomeOfDocument, { accountId, attemptId })
  if (error !== null) return <Failure error={error} />
  const found = data?.unknownOutcomeOf
  if (found == null) return <Loader aria-label="Loading" />
  const { outcome } = found
  return (
    <Stack>
      <Facts
        facts={[
          ['To', `${found.phone}, ${found.country}`],
          ['Why unknown', found.cause == null ? '–' : words(found.cause)],
          ['Known now', words(outcome.state)],
          [
            'Credits',
            `${quantity(outcome.heldCredits, 'credit')} held, ${words(outcome.money).toLowerCase()}`,
          ],
          ['Policy', outcome.policy],
          ['Carrier takes it until', <Instant key="not-after" at={outcome.notAfter} hasSeconds />],
          ['Next by itself', words(outcome.nextStep)],
          ['Not before', <Instant key="next" at={outcome.nextStepAt} hasSeconds />],
          ['Look-ups', found.lookUps.map(({ verdict }) => words(verdict)).join(', ') || 'None yet'],
          ['Reports', found.callbacks.map(({ status }) => status ?? '?').join(', ') || 'None'],
          ['Process', found.worker],
        ]}
      />
      <FactTable facts={found.gate} />
      {outcome.state === 'UNKNOWN' ? <Decide accountId={accountId} attemptId={attemptId} /> : null}
      {found.decisions.map(({ at, actor, decision, reason }) => (
        <Text size="sm" key={at}>
          {words(decision)} by {actor} <Instant at={at} />: {reason}
        </Text>
      ))}
      <Story entries={found.timeline} />
    </Stack>
  )
}

function Decide({ accountId, attemptId }: UnknownInspectionProps): ReactNode {
  const [asked, setAsked] = useState<(typeof decisions)[number] | null>(null)
  const [key] = useState(newKey)
  const decide = useAction(DecideUnknownOutcomeDocument, (result) => result.decideUnknownOutcome, [
    UnknownOutcomeOfDocument,
    UnknownOutcomesOfDocument,
  ])
  const close = (): void => {
    setAsked(null)
    decide.reset()
  }
  return (
    <Group gap="xs">
      {decisions.map((choice) => (
        <Button
          key={choice.decision}
          size="xs"
          variant="light"
          onClick={() => {
            setAsked(choice)
          }}
        >
          {choice.label}…
        </Button>
      ))}
      <AskReason
        isOpen={asked !== null}
        title={asked?.label ?? ''}
        confirm={asked?.label ?? ''}
        isRunning={decide.isRunning}
        problem={<Problem of={decide} />}
        onClose={close}
        onConfirm={(reason) => {
          if (asked === null) return
          void decide
            .run({
              accountId,
              attemptId,
              decision: asked.decision,
              reason,
              idempotencyKey: `${key}-${asked.decision}`,
            })
            .then((done) => (done === null ? undefined : close()))
        }}
      >
        {asked?.effect} One person’s text is concerned. A later proof still counts.
      </AskReason>
    </Group>
  )
}
