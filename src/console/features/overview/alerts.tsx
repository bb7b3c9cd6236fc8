import { Alert, Button, Stack, Text } from '@mantine/core'
import { IconAlertOctagon, IconHandStop, IconReceipt2 } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { Link } from 'react-router'
import { useAction } from '../../api/use-action.js'
import { useMay } from '../../app/session.js'
import {
  AccountHealthDocument,
  ApproveHeldTextsDocument,
  type AccountHealthQuery,
  type BalanceFragment,
} from '../../generated/graphql.js'
import { count, words } from '../../shared/format.js'
import { Instant } from '../../shared/instant.js'
import { Problem } from '../../shared/problem.js'
import { AskReason } from '../../shared/ask-reason.js'

type Account = AccountHealthQuery['account']

/** Everything that wants somebody to do something, most severe first. Nothing at all on a good day. */
export function Alerts({
  account,
  balance,
}: {
  account: Account
  balance: BalanceFragment | null
}): ReactNode {
  const isQuiet =
    account.auditBreaches.length + account.sendingStops.length === 0 &&
    !account.isHeld &&
    !(balance && balance.debt > 0)
  if (isQuiet) return null
  return (
    <Stack gap="sm">
      {account.auditBreaches.map((breach) => (
        <Alert
          key={breach.id}
          color="red"
          icon={<IconAlertOctagon />}
          title={`Rule ${breach.invariant} is broken: ${breach.rule}`}
        >
          {breach.what}. {breach.why} Found <Instant at={breach.firstSeenAt} />. Name the id {breach.id} to
          the operator of the platform.
        </Alert>
      ))}
      {account.sendingStops.map((stop) => (
        <Alert
          key={stop.cause}
          color="red"
          icon={<IconHandStop />}
          title={`Nothing is sent: ${words(stop.cause)}`}
        >
          {stop.reason} Since <Instant at={stop.since} />. {stop.remedy}
        </Alert>
      ))}
      {account.isHeld ? <HeldTexts /> : null}
      {balance !== null && balance.debt > 0 ? (
        <Alert color="orange" icon={<IconReceipt2 />} title={`${count(balance.debt)} credits are owed`}>
          <Text size="sm">Sending waits until they are paid; the next purchase pays them first.</Text>
          <Button component={Link} to="/credits/buy" size="xs" mt="xs" color="orange">
            Buy credits
          </Button>
        </Alert>
      ) : null}
    </Stack>
  )
}

function HeldTexts(): ReactNode {
  const isOwner = useMay('OWNER')
  const [isAsking, setAsking] = useState(false)
  const approve = useAction(ApproveHeldTextsDocument, (result) => result.approveHeldTexts, [
    AccountHealthDocument,
  ])
  return (
    <Alert color="orange" icon={<IconHandStop />} title="Single texts are held until an owner approves them">
      <Text size="sm">
        Many more went out than usual. If that is right, approve them; if not, find out which program sends
        them first.
      </Text>
      {isOwner ? (
        <Button
          size="xs"
          mt="xs"
          color="orange"
          onClick={() => {
            setAsking(true)
          }}
        >
          Approve…
        </Button>
      ) : null}
      <AskReason
        isOpen={isAsking}
        title="Let the held texts go out?"
        confirm="Approve"
        isRunning={approve.isRunning}
        problem={<Problem of={approve} />}
        onClose={() => {
          setAsking(false)
        }}
        onConfirm={(reason) => {
          void approve.run({ reason }).then((done) => {
            if (done !== null) setAsking(false)
          })
        }}
      >
        What waits is sent and charged. The reason is written into the history.
      </AskReason>
    </Alert>
  )
}
