import { Alert, Button, Group, Text } from '@mantine/core'
import { IconPlayerPause } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { Link } from 'react-router'
import { useAction } from '../../api/use-action.js'
import { useMay } from '../../app/session.js'
import { ApproveCampaignDocument, CampaignDocument } from '../../generated/graphql.js'
import { AskReason } from '../../shared/ask-reason.js'
import { quantity } from '../../shared/format.js'
import { Problem } from '../../shared/problem.js'
import type { CampaignDetail, Progress } from './campaign-page.js'

/** Why it stands still, what to do, and the way there. */
export function PauseNotice({
  campaign,
  progress,
}: {
  campaign: CampaignDetail
  progress: Progress
}): ReactNode {
  const { pause, inFlight, unknown, nextPlace } = progress
  if (pause == null) return null
  const draining = inFlight + unknown
  return (
    <Alert color="orange" icon={<IconPlayerPause />} title={pause.message} data-pause={pause.reason}>
      <Text size="sm">{pause.remedy}</Text>
      <Text size="sm" mt={4} aria-live="polite">
        {draining > 0
          ? `${quantity(draining, 'text')} already handed over ${draining === 1 ? 'is' : 'are'} being settled.`
          : 'Nothing is in flight.'}
        {nextPlace == null
          ? ''
          : ` It goes on with recipient ${String(nextPlace)}: nobody twice, nobody left out.`}
        {pause.resumesByItself ? ' It goes on by itself as soon as it can.' : ''}
      </Text>
      <Group gap="xs" mt="xs">
        {pause.reason === 'CREDITS_EXHAUSTED' ? (
          <Button component={Link} to="/credits/buy" size="xs" color="orange">
            Buy credits
          </Button>
        ) : null}
        {pause.reason === 'RUNAWAY_GUARD' ? <Approve campaign={campaign} /> : null}
      </Group>
    </Alert>
  )
}

function Approve({ campaign }: { campaign: CampaignDetail }): ReactNode {
  const isOwner = useMay('OWNER')
  const [isAsking, setAsking] = useState(false)
  const approve = useAction(ApproveCampaignDocument, (result) => result.approveCampaign, [CampaignDocument])
  if (!isOwner) return <Text size="sm">Ask an owner of the account to approve it.</Text>
  return (
    <>
      <Button
        size="xs"
        color="orange"
        onClick={() => {
          setAsking(true)
        }}
      >
        Approve…
      </Button>
      <AskReason
        isOpen={isAsking}
        title={`Let ${campaign.name} go on?`}
        confirm="Approve"
        isRunning={approve.isRunning}
        problem={<Problem of={approve} />}
        onClose={() => {
          setAsking(false)
        }}
        onConfirm={(reason) => {
          void approve.run({ campaignId: campaign.id, reason }).then((done) => {
            if (done !== null) setAsking(false)
          })
        }}
      >
        It is larger than what this account usually sends. You can pause it at any moment.
      </AskReason>
    </>
  )
}
