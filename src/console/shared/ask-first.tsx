import { Button, Group, Modal, Stack } from '@mantine/core'
import type { ReactNode } from 'react'

export interface AskFirstProps {
  isOpen: boolean
  onClose: () => void
  title: string
  /** What will happen, to how many people, for how many credits, and how it can be undone. */
  children: ReactNode
  confirm: string
  colour?: string
  isRunning?: boolean
  isDisabled?: boolean
  onConfirm: () => void
}

/** The last question before something costs or cannot be taken back. The safe answer has the focus. */
export function AskFirst(props: AskFirstProps): ReactNode {
  const { isOpen, onClose, title, children, confirm, colour = 'teal', isRunning = false } = props
  return (
    <Modal opened={isOpen} onClose={onClose} title={title}>
      <Stack gap="md">
        {children}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            Back
          </Button>
          <Button
            color={colour}
            loading={isRunning}
            disabled={props.isDisabled === true}
            onClick={props.onConfirm}
          >
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
