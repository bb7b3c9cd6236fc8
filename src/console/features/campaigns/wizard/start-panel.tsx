import { Button, Group, Text } from '@mantine/core'
import { DateTimePicker } from '@mantine/dates'
import '@mantine/dates/styles.css'
import { useState, type ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { newKey } from '../../../api/new-key.js'
import { useAction } from '../../../api/use-action.js'
import {
  CampaignDocument,
  CampaignsDocument,
  ScheduleCampaignDocument,
  StartCampaignDocument,
  type QuoteFragment,
} from '../../../generated/graphql.js'
import { AskFirst } from '../../../shared/ask-first.js'
import { now } from '../../../shared/clock.js'
import { quantity } from '../../../shared/format.js'
import { instantText, zoneName } from '../../../shared/instant.js'
import { Problem } from '../../../shared/problem.js'

const after = [CampaignDocument, CampaignsDocument]

/** Now or later; and the last question, which names people and credits. */
export function StartPanel({ quote }: { quote: QuoteFragment }): ReactNode {
  const navigate = useNavigate()
  const [asking, setAsking] = useState<'start' | 'schedule' | null>(null)
  const [startAt, setStartAt] = useState<string | null>(null)
  const [key] = useState(newKey)
  const start = useAction(StartCampaignDocument, (result) => result.startCampaign, after)
  const schedule = useAction(ScheduleCampaignDocument, (result) => result.scheduleCampaign, after)
  const { campaignId, id: quoteId, recipients, credits } = quote
  const running = asking === 'schedule' ? schedule : start
  const confirm = async (): Promise<void> => {
    const done =
      asking === 'schedule' && startAt !== null
        ? await schedule.run({ campaignId, quoteId, startAt: new Date(startAt).toISOString() })
        : await start.run({ campaignId, quoteId, idempotencyKey: key })
    if (done !== null) await navigate(`/campaigns/${campaignId}`)
  }
  const isImpossible = quote.isStale || recipients === 0
  return (
    <Group justify="flex-end" align="flex-end" gap="sm">
      <DateTimePicker
        label={`Or later (${zoneName})`}
        placeholder="Day and time"
        value={startAt}
        onChange={setStartAt}
        minDate={now()}
        clearable
        w={230}
      />
      <Button
        variant="default"
        disabled={startAt === null || isImpossible}
        onClick={() => {
          setAsking('schedule')
        }}
      >
        Schedule…
      </Button>
      <Button
        disabled={isImpossible}
        onClick={() => {
          setAsking('start')
        }}
      >
        Start now…
      </Button>
      <AskFirst
        isOpen={asking !== null}
        onClose={() => {
          setAsking(null)
        }}
        title={asking === 'schedule' ? 'Schedule this campaign?' : 'Start this campaign?'}
        confirm={
          asking === 'schedule'
            ? `Send ${startAt === null ? '' : instantText(new Date(startAt))}`
            : `Send to ${quantity(recipients, 'person', 'people')}`
        }
        isRunning={running.isRunning}
        onConfirm={() => void confirm()}
      >
        <Text size="sm">
          Nothing is sent until you confirm. Then <b>{quantity(recipients, 'person', 'people')}</b> get one
          text each, for <b>{quantity(credits, 'credit')}</b> at most. You can pause it at any moment; what
          was sent stays sent.
        </Text>
        <Problem of={running} />
      </AskFirst>
    </Group>
  )
}
