import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'

export interface AskReasonProps {
  isOpen: boolean
  title: string
  children: ReactNode
  confirm: string
  colour?: string
  isRunning?: boolean
  problem?: ReactNode
  onClose: () => void
  onConfirm: (reason: string) => void
}

/** A decision that is kept with its reason. */
export function AskReason(props: AskReasonProps): ReactNode {
  const [reason, setReason] = useState('')
  return (
    <Modal opened={props.isOpen} onClose={props.onClose} title={props.title}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          props.onConfirm(reason.trim())
        }}
      >
        <Stack>
          <Text size="sm" component="div">
            {props.children}
          </Text>
          {props.problem}
          <TextInput
            label="Reason"
            description="Kept in the history with your name."
            required
            maxLength={200}
            value={reason}
            data-autofocus
            onChange={(event) => {
              setReason(event.currentTarget.value)
            }}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={props.onClose}>
              Back
            </Button>
            <Button
              type="submit"
              color={props.colour ?? 'teal'}
              loading={props.isRunning === true}
              disabled={reason.trim() === ''}
            >
              {props.confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
