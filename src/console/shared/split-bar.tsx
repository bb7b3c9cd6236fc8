import { Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { count, share } from './format.js'
import classes from './split-bar.module.css'

export interface BarPart {
  name: string
  value: number
  colour: string
  hint?: string
}

export interface SplitBarProps {
  label: string
  parts: readonly BarPart[]
  total: number
  height?: number
}

/** A whole and its parts. Drawn with transforms, so that five updates a second cost no layout. */
export function SplitBar({ label, parts, total, height = 10 }: SplitBarProps): ReactNode {
  const shown = parts.filter(({ value }) => value > 0)
  const spoken = shown.map(({ name, value }) => `${name} ${count(value)}`).join(', ')
  return (
    <div
      className={classes['bar']}
      style={{ height }}
      role="img"
      aria-label={`${label}: ${spoken || 'nothing yet'}`}
    >
      {shown.map(({ name, value, colour }) => (
        <span
          key={name}
          style={{ flexGrow: value, background: `var(--mantine-color-${colour})` }}
          title={`${name}: ${count(value)} (${share(value, total)})`}
        />
      ))}
    </div>
  )
}

/** The same parts in words and numbers. */
export function SplitLegend({ parts, total }: { parts: readonly BarPart[]; total: number }): ReactNode {
  return (
    <dl className={classes['legend']}>
      {parts
        .filter(({ value }) => value > 0)
        .map(({ name, value, colour, hint }) => (
          <div key={name}>
            <dt>
              <Group gap={6} wrap="nowrap">
                <span className={classes['dot']} style={{ background: `var(--mantine-color-${colour})` }} />
                {name}
              </Group>
            </dt>
            <dd>
              {count(value)}{' '}
              <Text span size="xs" c="dimmed">
                {share(value, total)}
              </Text>
            </dd>
            {hint === undefined ? null : <dd className={classes['hint']}>{hint}</dd>}
          </div>
        ))}
    </dl>
  )
}
