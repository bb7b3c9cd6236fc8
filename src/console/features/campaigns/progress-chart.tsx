import { Text } from '@mantine/core'
import { useMemo, useState, type ReactNode } from 'react'
import { SendingEventsDocument } from '../../generated/graphql.js'
import { useLiveEvents } from '../../live/use-live-events.js'
import { useThrottled } from '../../live/use-throttled.js'
import { now } from '../../shared/clock.js'
import { count, duration, rate, words } from '../../shared/format.js'
import { instantText } from '../../shared/instant.js'
import { Section } from '../../shared/section.js'
import { TimeLines, type TimeLinesProps } from '../../shared/time-lines.js'
import type { CampaignDetail, Progress } from './campaign-page.js'
import { extendPace, noPace, type PacePoint } from './pace.js'

const REDRAW_MS = 1_000

const lines: TimeLinesProps['lines'] = [
  { label: 'Sent', color: '--mantine-color-teal-6' },
  { label: 'Forecast', color: '--mantine-color-gray-6', isDashed: true },
]

/** Texts sent over time, from the first event of the campaign on, and where the present rate leads. */
export function ProgressChart({
  campaign,
  progress,
}: {
  campaign: CampaignDetail
  progress: Progress
}): ReactNode {
  const [pace, setPace] = useState(noPace)
  useLiveEvents(SendingEventsDocument, { campaignId: campaign.id }, ({ messageEvents }) => messageEvents, {
    afterSeq: 0,
    onEvents: (events) => {
      setPace((before) => extendPace(before, events))
    },
  })
  const shown = useThrottled(pace, REDRAW_MS)
  const { secondsLeft, pending, ratePerSecond } = progress
  const columns = useMemo(
    () => columnsOf(shown.points, secondsLeft ?? null, pending),
    // The forecast moves with the line; between two redraws nobody would see it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [shown],
  )
  return (
    <Section
      title="Sent over time"
      hint={
        secondsLeft == null
          ? `${words(progress.state)}.`
          : `${rate(ratePerSecond)}; at this rate it ends in ${duration(secondsLeft)}, about ${instantText(new Date(now().getTime() + secondsLeft * 1000))}.`
      }
    >
      {shown.points.length < 2 ? (
        <Text c="dimmed" size="sm">
          The line begins with the second batch.
        </Text>
      ) : (
        <TimeLines
          label={`${count(shown.sent)} texts sent so far`}
          columns={columns}
          lines={lines}
          height={280}
        />
      )}
    </Section>
  )
}

const columnsOf = (
  points: readonly PacePoint[],
  secondsLeft: number | null,
  pending: number,
): TimeLinesProps['columns'] => {
  const seconds = points.map(({ atMs }) => atMs / 1000)
  const sent = points.map((point) => point.sent)
  const last = points.at(-1)
  if (secondsLeft === null || last === undefined) return [seconds, sent, seconds.map(() => null)]
  return [
    [...seconds, last.atMs / 1000 + secondsLeft],
    [...sent, null],
    // The forecast begins where the line ends.
    [...seconds.slice(1).map(() => null), last.sent, last.sent + pending],
  ]
}
