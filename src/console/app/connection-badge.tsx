import { Badge, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import { useConnection, type ConnectionState } from '../live/connection-state.js'

const looks: Readonly<Record<ConnectionState, { colour: string; word: string; hint: string }>> = {
  idle: { colour: 'gray', word: 'Ready', hint: 'Nothing on this screen changes by itself.' },
  connecting: { colour: 'blue', word: 'Connecting', hint: 'The live connection is being opened.' },
  connected: { colour: 'teal', word: 'Live', hint: 'Changes appear as they happen.' },
  reconnecting: {
    colour: 'orange',
    word: 'Reconnecting',
    hint: 'The connection was lost. What you see is the last known state; it goes on where it stopped, without gaps.',
  },
  refused: {
    colour: 'red',
    word: 'Not live',
    hint: 'The server does not let this page follow what happens here. Reload the page.',
  },
}

/** Whether what is on the screen is the present. */
export function ConnectionBadge(): ReactNode {
  const state = useConnection()
  const { colour, word, hint } = looks[state]
  return (
    <Tooltip label={hint} multiline maw={260}>
      <Badge
        color={colour}
        variant={state === 'reconnecting' || state === 'refused' ? 'filled' : 'light'}
        radius="xl"
        tt="none"
        role="status"
        tabIndex={0}
        data-connection={state}
      >
        {word}
      </Badge>
    </Tooltip>
  )
}
