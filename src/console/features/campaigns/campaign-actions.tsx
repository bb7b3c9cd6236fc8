import { Button, Menu, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import {
  IconChevronDown,
  IconCopy,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconTrash,
} from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { Link, useNavigate } from 'react-router'
import { newKey } from '../../api/new-key.js'
import { useAction } from '../../api/use-action.js'
import { useMay } from '../../app/session.js'
import {
  CampaignDocument,
  CampaignsDocument,
  CancelCampaignDocument,
  CloneCampaignDocument,
  PauseCampaignDocument,
  ResumeCampaignDocument,
  UnscheduleCampaignDocument,
} from '../../generated/graphql.js'
import { AskFirst } from '../../shared/ask-first.js'
import { count, quantity } from '../../shared/format.js'
import { instantText } from '../../shared/instant.js'
import { Problem } from '../../shared/problem.js'
import type { CampaignDetail, Progress } from './campaign-page.js'

interface Parts {
  campaign: CampaignDetail
  progress: Progress
}

const after = [CampaignDocument, CampaignsDocument]

/** What can be done with it in its state. */
export function CampaignActions({ campaign, progress }: Parts): ReactNode {
  const mayWrite = useMay('OPERATOR')
  const { state } = progress
  if (!mayWrite) return null
  return (
    <>
      {state === 'DRAFT' ? (
        <Button component={Link} to={`/campaigns/${campaign.id}/edit`} leftSection={<IconPencil size={16} />}>
          Go on with it
        </Button>
      ) : null}
      {state === 'RUNNING' ? <Pause campaign={campaign} progress={progress} /> : null}
      {state === 'PAUSED' ? <Resume campaign={campaign} progress={progress} /> : null}
      <More campaign={campaign} progress={progress} />
    </>
  )
}

/** No question first: it costs nothing, and resuming takes it back. */
function Pause({ campaign }: Parts): ReactNode {
  const pause = useAction(PauseCampaignDocument, (result) => result.pauseCampaign, after)
  const run = async (): Promise<void> => {
    const drain = await pause.run({ campaignId: campaign.id })
    if (drain === null) return
    const until =
      drain.drainedBy == null ? '' : ` At the latest ${instantText(drain.drainedBy)} nothing is in flight.`
    notifications.show({
      color: 'teal',
      title: 'Paused',
      message:
        drain.inFlight === 0
          ? 'Nothing is in flight.'
          : `${quantity(drain.inFlight, 'text')} already handed over will still arrive.${until}`,
    })
  }
  return (
    <>
      <Button
        color="orange"
        leftSection={<IconPlayerPause size={16} />}
        loading={pause.isRunning}
        onClick={() => void run()}
      >
        Pause
      </Button>
      <Problem of={pause} />
    </>
  )
}

function Resume({ campaign, progress }: Parts): ReactNode {
  const [isAsking, setAsking] = useState(false)
  const [key, setKey] = useState(newKey)
  const resume = useAction(ResumeCampaignDocument, (result) => result.resumeCampaign, after)
  const { pending, capCredits, capturedCredits, heldCredits, nextPlace } = progress
  const atMost = capCredits == null ? null : Math.max(0, capCredits - capturedCredits - heldCredits)
  const run = async (): Promise<void> => {
    const done = await resume.run({ campaignId: campaign.id, idempotencyKey: key })
    if (done === null) return
    setKey(newKey())
    setAsking(false)
  }
  return (
    <>
      <Button
        leftSection={<IconPlayerPlay size={16} />}
        onClick={() => {
          setAsking(true)
        }}
      >
        Resume…
      </Button>
      <AskFirst
        isOpen={isAsking}
        onClose={() => {
          setAsking(false)
        }}
        title={`Resume ${campaign.name}?`}
        confirm={`Send to ${quantity(pending, 'person', 'people')}`}
        isRunning={resume.isRunning}
        onConfirm={() => void run()}
      >
        <Text size="sm">
          {quantity(pending, 'person waits', 'people wait')}
          {nextPlace == null ? '' : `, from No. ${count(nextPlace)} on`}.
          {atMost === null ? '' : ` It may use ${quantity(atMost, 'more credit')}.`} You can pause again at
          any moment.
        </Text>
        <Problem of={resume} />
      </AskFirst>
    </>
  )
}

function More({ campaign, progress }: Parts): ReactNode {
  const navigate = useNavigate()
  const [isAsking, setAsking] = useState(false)
  const cancel = useAction(CancelCampaignDocument, (result) => result.cancelCampaign, after)
  const clone = useAction(CloneCampaignDocument, (result) => result.cloneCampaign, after)
  const unschedule = useAction(UnscheduleCampaignDocument, (result) => result.unscheduleCampaign, after)
  const isOver = progress.state === 'COMPLETED' || progress.state === 'CANCELLED'
  const copy = async (): Promise<void> => {
    const made = await clone.run({
      campaignId: campaign.id,
      name: `${campaign.name} (copy)`.slice(0, 200),
      idempotencyKey: newKey(),
    })
    if (made !== null) await navigate(`/campaigns/${made.id}/edit`)
  }
  const end = async (): Promise<void> => {
    if ((await cancel.run({ campaignId: campaign.id })) !== null) setAsking(false)
  }
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={16} />}>
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {progress.state === 'SCHEDULED' ? (
            <Menu.Item onClick={() => void unschedule.run({ campaignId: campaign.id })}>
              Back to a draft
            </Menu.Item>
          ) : null}
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => void copy()}>
            Copy as a draft
          </Menu.Item>
          {isOver ? null : (
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={16} />}
              onClick={() => {
                setAsking(true)
              }}
            >
              Cancel…
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <AskFirst
        isOpen={isAsking}
        onClose={() => {
          setAsking(false)
        }}
        title={`Cancel ${campaign.name} for good?`}
        confirm={
          progress.pending > 0
            ? `Leave out ${quantity(progress.pending, 'person', 'people')}`
            : 'Cancel the campaign'
        }
        colour="red"
        isRunning={cancel.isRunning}
        onConfirm={() => void end()}
      >
        <Text size="sm">
          {quantity(progress.pending, 'person who waits', 'people who wait')} will get no text, and no credit
          is spent on them. What is in flight is settled; what was sent stays sent. This cannot be undone; a
          pause can.
        </Text>
        <Problem of={cancel} />
      </AskFirst>
      <Problem of={clone} />
      <Problem of={unschedule} />
    </>
  )
}
