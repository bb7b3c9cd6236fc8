import '@mantine/charts/styles.css'
import { LineChart } from '@mantine/charts'
import { Text } from '@mantine/core'
import { useMemo, useState, type ReactNode } from 'react'
import { CampaignEventsDocument } from '../../generated/graphql.js'
import { useLiveEvents } from '../../live/use-live-events.js'
import { useThrottled } from '../../live/use-throttled.js'
import { now } from '../../shared/clock.js'
import { count, duration, rate, words } from '../../shared/format.js'
import { instantText } from '../../shared/instant.js'
import { Section } from '../../shared/section.js'
import type { CampaignDetail, Progress } from './campaign-page.js'
import { extendPace, noPace, type PacePoint } from './pace.js'

const REDRAW_MS = 1_000

/** Texts sent over time, from the first event of the campaign on, and where the present rate leads. */
export function ProgressChart({
  campaign,
  progress,
}: {
  campaign: CampaignDetail
  progress: Progress
}): ReactNode {
  const [pace, setPace] = useState(noPace)
  useLiveEvents(CampaignEventsDocument, { campaignId: campaign.id }, ({ messageEvents }) => messageEvents, {
    afterSeq: 0,
    onEvents: (events) => {
      setPace((before) => extendPace(before, events))
    },
  })
  const shown = useThrottled(pace, REDRAW_MS)
  const { secondsLeft, pending, ratePerSecond } = progress
  const data = useMemo(
    () => withForecast(shown.points, secondsLeft ?? null, pending),
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
      {data.length < 2 ? (
        <Text c="dimmed" size="sm">
          The line begins with the second batch.
        </Text>
      ) : (
        <div role="img" aria-label={`${count(shown.sent)} texts sent so far`}>
          <LineChart
            h={280}
            data={data}
            dataKey="at"
            withDots={false}
            curveType="linear"
            series={[
              { name: 'sent', label: 'Sent', color: 'teal.6' },
              { name: 'forecast', label: 'Forecast', color: 'gray.6', strokeDasharray: '5 5' },
            ]}
            valueFormatter={count}
            lineChartProps={{ accessibilityLayer: false }}
          />
        </div>
      )}
    </Section>
  )
}

interface ChartPoint extends Record<string, unknown> {
  at: string
  sent?: number
  forecast?: number
}

function withForecast(
  points: readonly PacePoint[],
  secondsLeft: number | null,
  pending: number,
): ChartPoint[] {
  const drawn: ChartPoint[] = points.map(({ atMs, sent }) => ({ at: timeText(atMs), sent }))
  const last = points.at(-1)
  const lastDrawn = drawn.at(-1)
  if (secondsLeft === null || last === undefined || lastDrawn === undefined) return drawn
  lastDrawn.forecast = last.sent
  const endMs = last.atMs + secondsLeft * 1000
  return [...drawn, { at: timeText(endMs), forecast: last.sent + pending }]
}

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })

function timeText(atMs: number): string {
  return time.format(new Date(atMs))
}
