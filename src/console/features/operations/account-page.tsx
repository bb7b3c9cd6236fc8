import { Alert, Button, Group, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useParams } from 'react-router'
import { useAction } from '../../api/use-action.js'
import { usePages } from '../../api/use-pages.js'
import { NotFound } from '../../app/not-found.js'
import { AccountsDocument, ResumeSendingDocument, StopSendingDocument } from '../../generated/graphql.js'
import { AskReason } from '../../shared/ask-reason.js'
import { BackLink } from '../../shared/back-link.js'
import { words } from '../../shared/format.js'
import { Instant } from '../../shared/instant.js'
import { Page } from '../../shared/page.js'
import { PageWaiting } from '../../shared/page-waiting.js'
import { Failure, Problem } from '../../shared/problem.js'
import { Section } from '../../shared/section.js'
import { GrantForm } from './grant-form.js'
import { UnknownList } from './unknown-list.js'

/** One account as the platform sees it: its stops, its credits, its unknown outcomes. */
export function AccountPage(): ReactNode {
  const { accountId = '' } = useParams()
  const pages = usePages(AccountsDocument, {}, ({ accounts }) => accounts)
  const account = pages.rows.find(({ id }) => id === accountId)
  if (account === undefined) {
    if (pages.error !== null) return <Failure error={pages.error} />
    return pages.isLoading || pages.hasMore ? <PageWaiting /> : <NotFound />
  }
  return (
    <Page
      title={account.name}
      back={<BackLink to="/operations">Operations</BackLink>}
      hint={`Subscription: ${words(account.subscriptionState).toLowerCase()}`}
      actions={
        <Switch accountId={accountId} isStopped={account.sendingStoppedReason != null} name={account.name} />
      }
    >
      {account.sendingStops.map((stop) => (
        <Alert key={stop.cause} color="red" title={words(stop.cause)}>
          {stop.reason} Since <Instant at={stop.since} />. {stop.remedy}
        </Alert>
      ))}
      <Section title="Give credits" hint="Kept in the ledger with your name and the reason.">
        <GrantForm accountId={accountId} name={account.name} />
      </Section>
      <Section
        title="Unknown outcomes"
        hint="Calls whose answer got lost. A later proof still counts after a decision."
      >
        <UnknownList accountId={accountId} />
      </Section>
    </Page>
  )
}

function Switch({
  accountId,
  isStopped,
  name,
}: {
  accountId: string
  isStopped: boolean
  name: string
}): ReactNode {
  const [isOpen, { open, close }] = useDisclosure()
  const stop = useAction(StopSendingDocument, (result) => result.stopSending, [AccountsDocument])
  const resume = useAction(ResumeSendingDocument, (result) => result.resumeSending, [AccountsDocument])
  if (isStopped) {
    return (
      <Group>
        <Button loading={resume.isRunning} onClick={() => void resume.run({ accountId })}>
          Let it send again
        </Button>
        <Problem of={resume} />
      </Group>
    )
  }
  return (
    <>
      <Button color="red" variant="light" onClick={open}>
        Stop this account…
      </Button>
      <AskReason
        isOpen={isOpen}
        title={`Stop ${name}?`}
        confirm="Stop sending"
        colour="red"
        isRunning={stop.isRunning}
        problem={<Problem of={stop} />}
        onClose={close}
        onConfirm={(reason) =>
          void stop.run({ accountId, reason }).then((done) => (done === null ? undefined : close()))
        }
      >
        <Text size="sm">
          Nothing new of it is handed to the carrier; what waits stays, and goes on when it may send again.
        </Text>
      </AskReason>
    </>
  )
}
