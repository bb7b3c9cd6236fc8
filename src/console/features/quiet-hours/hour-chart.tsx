import '@mantine/charts/styles.css'
import { BarChart } from '@mantine/charts'
import type { ReactNode } from 'react'
import { count } from '../../shared/format.js'
import { instantText } from '../../shared/instant.js'
import { byHour } from './by-hour.js'

const hourText = new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit' })

interface HourChartProps {
  groups: readonly { recipients: number; opensAt?: string | null | undefined }[]
}

/** How many people can first be texted in each hour. */
export function HourChart({ groups }: HourChartProps): ReactNode {
  const bars = byHour(groups)
  // All at the same time is one bar, and says nothing that the numbers do not.
  if (bars.length < 2) return null
  const spoken = bars
    .filter(({ people }) => people > 0)
    .map(({ at, people }) => `${instantText(at)} ${count(people)}`)
    .join(', ')
  return (
    <div role="img" aria-label={`People by the hour in which they can first be texted: ${spoken}`}>
      <BarChart
        h={180}
        data={bars.map(({ at, people }) => ({ at: hourText.format(at), people }))}
        dataKey="at"
        series={[{ name: 'people', label: 'People', color: 'teal.6' }]}
        valueFormatter={count}
        maxBarWidth={48}
        withBarValueLabel={bars.length <= 12}
        barChartProps={{ accessibilityLayer: false, margin: { top: 20 } }}
      />
    </div>
  )
}
