import { Group, Paper, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './stat.module.css'

export interface StatProps {
  label: string
  value: ReactNode
  hint?: ReactNode
  icon?: ReactNode
  /** Something to look at. */
  tone?: 'plain' | 'warning' | 'bad' | 'good'
}

/** One number with its name. Numbers keep their width, so that a live one does not shake. */
export function Stat({ label, value, hint, icon, tone = 'plain' }: StatProps): ReactNode {
  return (
    <Paper withBorder p="md" radius="md" className={classes['stat']} data-tone={tone}>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="sm" c="dimmed">
          {label}
        </Text>
        <span className={classes['icon']} aria-hidden>
          {icon}
        </span>
      </Group>
      <Text className={classes['value']}>{value}</Text>
      {hint === undefined ? null : (
        <Text size="xs" c="dimmed" component="div">
          {hint}
        </Text>
      )}
    </Paper>
  )
}
