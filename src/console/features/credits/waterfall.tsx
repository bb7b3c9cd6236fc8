import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useRead } from '../../api/use-read.js'
import { ExplainBalanceDocument, type BalancePartKind } from '../../generated/graphql.js'
import { count, signed, words } from '../../shared/format.js'
import { Failure } from '../../shared/problem.js'
import classes from './waterfall.module.css'

const names: Readonly<Record<BalancePartKind, string>> = {
  GRANTED: 'Came in',
  SPENT: 'Spent on texts',
  HELD: 'Held for texts in flight',
  EXPIRED: 'Ran out of time',
  DEDUCTED: 'Taken by an administrator',
  TAKEN_BACK: 'Grants taken back',
  OWED: 'Taken back after use, and owed',
}

/** From the first credit to the balance, step by step; each bar begins where the one before ended. */
export function Waterfall(): ReactNode {
  const { data, error } = useRead(ExplainBalanceDocument, {})
  if (error !== null) return <Failure error={error} />
  if (data === undefined) return null
  const { parts, available } = data.explainBalance
  const highest = Math.max(
    1,
    parts.filter(({ credits }) => credits > 0).reduce((sum, { credits }) => sum + credits, 0),
  )
  let level = 0
  const steps = parts.map(({ part, source, credits }) => {
    const from = level
    level += credits
    return {
      name: source == null ? names[part] : `${names[part]}: ${words(source).toLowerCase()}`,
      credits,
      from,
      to: level,
    }
  })
  const percent = (value: number): string => `${String((value / highest) * 100)}%`
  return (
    <div>
      <ol className={classes['steps']}>
        {steps.map(({ name, credits, from, to }) => (
          <li key={name}>
            <span>{name}</span>
            <span className={classes['track']} aria-hidden>
              <span
                data-gain={credits > 0}
                style={{ insetInlineStart: percent(Math.min(from, to)), width: percent(Math.abs(credits)) }}
              />
            </span>
            <b>{signed(credits)}</b>
          </li>
        ))}
        <li className={classes['total']}>
          <span>Available</span>
          <span className={classes['track']} aria-hidden>
            <span data-gain="total" style={{ insetInlineStart: 0, width: percent(available) }} />
          </span>
          <b>{count(available)}</b>
        </li>
      </ol>
      {level === available ? null : (
        <Text size="xs" c="dimmed">
          It is changing while you look.
        </Text>
      )}
    </div>
  )
}
