import 'uplot/dist/uPlot.min.css'
import { useComputedColorScheme } from '@mantine/core'
import { useElementSize, useMergedRef } from '@mantine/hooks'
import { useEffect, useRef, type ReactNode } from 'react'
import UPlot from 'uplot'
import { count } from './format.js'
import classes from './time-lines.module.css'

export interface TimeLinesProps {
  /** What the picture says, for whoever does not see it. */
  label: string
  /** Seconds since 1970, and for each line its values; null where it has none. */
  columns: [number[], ...(number | null)[][]]
  lines: readonly { label: string; color: string; isDashed?: boolean }[]
  height: number
}

const NARROW_PX = 320
const PX_PER_TICK = 90

/** Lines over time that grow while somebody looks: painted on a canvas, since drawing them anew costs next to nothing there. */
export function TimeLines({ label, columns, lines, height }: TimeLinesProps): ReactNode {
  const scheme = useComputedColorScheme()
  const { ref: sized, width } = useElementSize()
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<UPlot>(null)
  const merged = useMergedRef(sized, place)
  const shown = useRef(columns)
  const hasRoom = width > 0

  useEffect(() => {
    shown.current = columns
    plot.current?.setData(columns)
  }, [columns])

  useEffect(() => {
    plot.current?.setSize({ width, height })
  }, [width, height])

  useEffect(() => {
    const element = place.current
    if (element === null || !hasRoom) return
    const size = { width: element.clientWidth, height }
    const made = new UPlot({ ...size, ...optionsOf(element, lines) }, shown.current, element)
    plot.current = made
    return () => {
      plot.current = null
      made.destroy()
    }
    // The colours are read anew for another scheme.
  }, [hasRoom, lines, height, scheme])

  return (
    <div
      ref={merged}
      role="img"
      aria-label={label}
      className={classes['lines']}
      style={{ minHeight: height }}
    />
  )
}

function optionsOf(
  element: Element,
  lines: TimeLinesProps['lines'],
): Omit<UPlot.Options, 'width' | 'height'> {
  const style = getComputedStyle(element)
  const axis = {
    stroke: style.color,
    font: `12px ${style.fontFamily}`,
    grid: { stroke: style.getPropertyValue('--mantine-color-default-border'), width: 1 },
    ticks: { show: false },
  }
  return {
    cursor: { drag: { x: false, y: false } },
    scales: { y: { range: (_plot, _min, max) => [0, Math.max(max, 1) * 1.05] } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        space: PX_PER_TICK,
        values: (plot, seconds) => seconds.map((second) => timeText(second, plot.width < NARROW_PX)),
      },
      { ...axis, size: 64, values: (_plot, values) => values.map(count) },
    ],
    series: [
      { label: 'Time', value: (_plot, second: number | null) => (second === null ? '–' : timeText(second)) },
      ...lines.map(({ label, color, isDashed }) => ({
        label,
        stroke: style.getPropertyValue(color),
        width: 2,
        points: { show: false },
        value: (_plot: UPlot, value: number | null) => (value === null ? '–' : count(value)),
        ...(isDashed === true ? { dash: [5, 5] } : {}),
      })),
    ],
  }
}

const toTheSecond = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const toTheMinute = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

function timeText(second: number, isShort = false): string {
  return (isShort ? toTheMinute : toTheSecond).format(second * 1000)
}
