import { ActionIcon, Tooltip } from '@mantine/core'
import { Spotlight, spotlight, type SpotlightActionData } from '@mantine/spotlight'
import { IconCommand, IconSearch } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { useAdmits, useFeatures } from './use-features.js'

/** The palette needs no heading for the eye, and a name for everybody else. */
const offScreen = { position: 'absolute', insetInlineStart: -9999 } as const

/** Ctrl K: everywhere one can go and everything one can begin, by name. */
export function CommandPalette(): ReactNode {
  const navigate = useNavigate()
  const features = useFeatures()
  const admits = useAdmits()
  const go = (path: string) => () => void navigate(path)
  const actions: SpotlightActionData[] = features.flatMap(({ path, label, hint, icon, commands = [] }) => [
    ...commands
      .filter(({ needs }) => admits(needs))
      .map((command) => ({
        id: command.label,
        label: command.label,
        description: command.hint,
        onClick: go(command.path),
        leftSection: icon,
      })),
    { id: path, label, description: hint, onClick: go(path), leftSection: icon },
  ])
  return (
    <Spotlight
      actions={actions}
      title="Commands"
      styles={{ header: offScreen }}
      shortcut={['mod + K', '/']}
      nothingFound="Nothing with this name"
      highlightQuery
      scrollable
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: 'Where to, or what to do?',
        'aria-label': 'Search commands',
      }}
    />
  )
}

export function PaletteButton(): ReactNode {
  return (
    <Tooltip label="Search and commands (Ctrl K)">
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        onClick={spotlight.open}
        aria-label="Search and commands"
      >
        <IconCommand />
      </ActionIcon>
    </Tooltip>
  )
}
