import { Button, Menu } from '@mantine/core'
import {
  IconCalendarTime,
  IconCheck,
  IconChevronDown,
  IconPencil,
  IconTrash,
  IconUserOff,
} from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useMay } from '../../../app/session.js'
import { useNow } from '../../../shared/clock.js'
import type { AppointmentDetail } from './appointment-page.js'
import { CancelDialog } from './cancel-dialog.js'
import { ChangeDialog } from './change-dialog.js'
import { CloseDialog } from './close-dialog.js'
import { MoveDialog } from './move-dialog.js'

type Deed = 'move' | 'change' | 'cancel' | 'COMPLETED' | 'NO_SHOW'

const MINUTE_MS = 60_000

/** What can be done with it in its state. */
export function AppointmentActions({ appointment }: { appointment: AppointmentDetail }): ReactNode {
  const mayWrite = useMay('OPERATOR')
  const present = useNow(MINUTE_MS)
  const [deed, setDeed] = useState<Deed | null>(null)
  if (!mayWrite || appointment.state === 'CANCELLED') return null
  const hasBegun = new Date(appointment.startsAt) <= present
  const isScheduled = appointment.state === 'SCHEDULED'
  const close = (): void => {
    setDeed(null)
  }
  const begin = (next: Deed) => () => {
    setDeed(next)
  }
  return (
    <>
      {hasBegun && appointment.state !== 'COMPLETED' ? (
        <Button leftSection={<IconCheck size={16} />} onClick={begin('COMPLETED')}>
          It took place
        </Button>
      ) : null}
      {hasBegun && appointment.state !== 'NO_SHOW' ? (
        <Button variant="default" leftSection={<IconUserOff size={16} />} onClick={begin('NO_SHOW')}>
          Nobody came…
        </Button>
      ) : null}
      {isScheduled && !hasBegun ? (
        <Button leftSection={<IconCalendarTime size={16} />} onClick={begin('move')}>
          Move…
        </Button>
      ) : null}
      {isScheduled ? <More hasBegun={hasBegun} begin={begin} /> : null}
      <Dialog deed={deed} appointment={appointment} onClose={close} />
    </>
  )
}

function More({ hasBegun, begin }: { hasBegun: boolean; begin: (deed: Deed) => () => void }): ReactNode {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={16} />}>
          More
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {hasBegun ? (
          <Menu.Item leftSection={<IconCalendarTime size={16} />} onClick={begin('move')}>
            Move…
          </Menu.Item>
        ) : (
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={begin('change')}>
            Change…
          </Menu.Item>
        )}
        <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={begin('cancel')}>
          Cancel…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

interface DialogProps {
  deed: Deed | null
  appointment: AppointmentDetail
  onClose: () => void
}

function Dialog({ deed, appointment, onClose }: DialogProps): ReactNode {
  if (deed === null) return null
  if (deed === 'move') return <MoveDialog appointment={appointment} onClose={onClose} />
  if (deed === 'change') return <ChangeDialog appointment={appointment} onClose={onClose} />
  if (deed === 'cancel') return <CancelDialog appointment={appointment} onClose={onClose} />
  return <CloseDialog appointment={appointment} as={deed} onClose={onClose} />
}
